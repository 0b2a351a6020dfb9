#!/bin/sh
# Judges every page of the built site with the W3C's own checker of HTML (vnu). The checker comes from npm, pinned and compared with its
# hash, into _build/.tools; where it lies there already, no network is needed. It needs Java: Debian's default-jre-headless or any other.
# usage: tools/html_valid.sh [folder of a site]; ends with 3 where it cannot run, and says why.
set -eu
cd "$(dirname "$0")/.."
site=${1:-_build/html}
version=26.9.27
hash=22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47
jar=${VNU_JAR:-_build/.tools/vnu-$version.jar}
cannot() { echo "  HTML was not checked: $*"; exit 3; }

command -v java >/dev/null 2>&1 || cannot "there is no Java (apt-get install default-jre-headless)"
[ -e "$site/index.html" ] || cannot "there is no site in $site (make book)"
if [ ! -e "$jar" ]; then
    command -v npm >/dev/null 2>&1 || cannot "there is no npm to fetch the checker with"
    fetched=$(mktemp -d)
    # without its scripts, which would download a Java
    npm install --prefix "$fetched" --ignore-scripts --no-audit --no-fund --silent "vnu-jar@$version" >/dev/null 2>&1 ||
        cannot "vnu-jar $version could not be fetched from npm"
    mkdir -p "$(dirname "$jar")"
    mv "$fetched/node_modules/vnu-jar/build/dist/vnu.jar" "$jar.part"
    rm -rf "$fetched"
    python3 -c 'import hashlib, sys; sys.exit(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest() != sys.argv[2])' "$jar.part" $hash ||
        { rm "$jar.part"; echo "vnu-jar $version is not the file it was when it was pinned."; exit 1; }
    mv "$jar.part" "$jar"
fi
find "$site" -name '*.html' -not -path '*/_static/*' -not -path "$site/v/*" -print0 |
    xargs -0 java -Xss8m -jar "$jar" --errors-only --format gnu
echo "  HTML: $(find "$site" -name '*.html' -not -path '*/_static/*' -not -path "$site/v/*" | wc -l | tr -d ' ') pages without an error"
