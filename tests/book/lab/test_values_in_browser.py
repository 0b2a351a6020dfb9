"""The script that JupyterLab loads, in a browser, on a page as JupyterLab and its MyST extension make it:
values stand in place of names, what changes is followed, a caption can be edited.
"""

from __future__ import annotations

import json

import pytest

from assessment.book.lab.role_values import figure_numbers
from assessment.book.lab.values_handler import answer
from assessment.evidence.paths import PACKAGE

SCRIPT = PACKAGE / "book" / "lab" / "assessment_values" / "values.js"
FACT, OTHER = "cabinet.os.epnet.hazard_ratio", "cabinet.os.pnet.hazard_ratio"
SOURCE = (
    f"It is {{fact}}`{FACT}|value`, or {{glue:text}}`own_key`, in {{numref}}`fig-kinases` "
    "{cite:p}`raymond2011`; not {nb}`ord`."
)
# As jupyterlab-myst renders SOURCE.
RENDERED = (
    f"<p>It is <span>{FACT}|value</span>, or <span>own_key</span>, in "
    '<span class="text-yellow-600"><svg></svg>fig-kinases</span> <span class="cite-group">'
    '<span class="text-yellow-600"><svg></svg>raymond2011</span></span>; not <span>ord</span>.</p>'
)
CAPTION = f"Ratio {{fact}}`{FACT}|bare` *here*\n  and there."
# The parts of JupyterLab that the script asks for.
STAGE = """
([script, source, rendered, caption]) => {
  document.body.innerHTML = `<div id="nb"><div id="text"><div class="myst">${rendered}</div></div>
    <div id="code"></div></div>`;
  const signal = () => ({ heard: [], connect(f) { this.heard.push(f); },
                          emit(x) { this.heard.forEach(f => f(null, x)); } });
  const meta = { mystnb: { figure: { name: 'fig-kinases', caption } } };
  const outputs = [];
  const code = { node: document.getElementById('code'), model: { type: 'code',
    getMetadata: key => meta[key], setMetadata: (key, value) => { meta[key] = value; },
    outputs: { get length() { return outputs.length; }, get: n => outputs[n] } } };
  const text = { node: document.getElementById('text'), model: { type: 'markdown',
    sharedModel: { getSource: () => stage.source } } };
  const content = { node: document.getElementById('nb'), widgets: [text, code] };
  const panel = { content, context: { ready: Promise.resolve(), path: 'chapters/mechanism.md' } };
  const tracker = { forEach: f => f(panel), find: f => f(panel) && panel, widgetAdded: signal(),
                    currentChanged: signal(), currentWidget: panel };
  const NotebookActions = { executed: signal() };
  const makeRequest = async (_url, request) => ({ ok: true,
    json: async () => JSON.parse(await window.answered(request.body)) });
  const entry = module => ({ '1.0': { get: async () => () => module } });
  window.stage = { source, meta, outputs, code, tracker, content,
    run: () => NotebookActions.executed.emit({ notebook: content, cell: code }) };
  const node = document.createElement('script');
  node.textContent = script.replace('document.currentScript.src', '"about:blank"');
  document.head.append(node);
  const container = window._JUPYTERLAB.assessment_values;
  container.init({ '@jupyterlab/notebook': entry({ INotebookTracker: {}, NotebookActions }),
                   '@jupyterlab/services': entry({ ServerConnection: { makeRequest } }) });
  return container.get('./extension').then(made => made().default.activate(
    { serviceManager: { serverSettings: { baseUrl: '/' } } }, tracker));
}
"""
TOLD = "() => [...document.querySelectorAll('.assessment-value')].map(n => [n.textContent, n.className])"


@pytest.fixture
def stage(browser):
    page = browser.new_page()
    page.faults, page.data = [], None
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))

    def answered(body: str) -> str:
        asked = json.loads(body)
        found = answer(asked["page"], asked["asked"])
        return json.dumps(found | ({"data": page.data} if page.data else {}))

    page.expose_function("answered", answered)
    page.evaluate(STAGE, [SCRIPT.read_text(encoding="utf-8"), SOURCE, RENDERED, CAPTION])
    page.wait_for_selector(".assessment-caption .assessment-value")
    yield page
    assert page.faults == []
    page.close()


def shown(page, text: str) -> str:
    """The class of the value that reads so, once it does."""
    page.wait_for_function(f"{TOLD[6:]}.some(([said]) => said === {json.dumps(text)})")
    return next(kind for said, kind in page.evaluate(TOLD) if said == text)


@pytest.mark.browser
def test_names_are_replaced_and_marked(stage):
    assert "assessment-known" in shown(stage, "0.86")
    assert "assessment-known" in shown(stage, f"Figure {figure_numbers()['fig-kinases']}")
    assert "assessment-known" in shown(stage, "Raymond et al., 2011")
    assert "assessment-waiting" in shown(stage, "not computed yet: own_key")
    assert "not ord." in stage.inner_text(".myst p")
    assert stage.get_attribute(".assessment-value", "title").startswith(f"{{fact}} {FACT}|value")
    assert stage.inner_text(".assessment-caption") == (
        f"Figure {figure_numbers()['fig-kinases']}. Ratio 0.86 here and there."
    )
    assert stage.inner_text(".assessment-caption em") == "here"


@pytest.mark.browser
def test_what_the_notebook_computed_comes_first_and_is_marked_when_data_change(stage):
    stage.evaluate(
        """() => { stage.outputs.push({ metadata: { scrapbook: { name: 'own_key' } },
        data: { 'application/papermill.record/text/plain': "'12\\\\u202f345\\\\xa0NOK'" } });
        stage.run(); }"""
    )
    assert "assessment-known" in shown(stage, "12\u202f345\u00a0NOK")
    stage.data = "another"
    stage.evaluate("window.dispatchEvent(new Event('focus'))")
    stage.wait_for_selector(".assessment-old")
    assert "assessment-old" in shown(stage, "12\u202f345\u00a0NOK")
    stage.wait_for_selector("#code.assessment-stale")
    stage.evaluate("stage.run()")
    stage.wait_for_selector("#code:not(.assessment-stale)")
    stage.wait_for_function("!document.querySelector('.assessment-old')")


@pytest.mark.browser
def test_another_name_typed_in_its_place_has_its_own_value(stage):
    """React sets the words of the same node; a word that is no name loses the mark."""
    stage.evaluate(
        """([before, after]) => { stage.source = stage.source.replace(before, after);
        document.querySelector('.assessment-value').firstChild.nodeValue = after; }""",
        [f"{FACT}|value", OTHER],
    )
    assert "assessment-known" in shown(stage, "0.95 (0.45–2.00)")
    stage.evaluate("document.querySelector('.assessment-value').firstChild.nodeValue = 'a word'")
    stage.wait_for_function("document.querySelector('.myst span').textContent === 'a word'")
    stage.wait_for_function("!document.querySelector('.myst span').classList.length")


@pytest.mark.browser
@pytest.mark.parametrize("key, kept", [("Enter", True), ("Escape", False)])
def test_a_caption_is_edited_in_its_place(stage, key, kept):
    before = stage.evaluate("stage.meta.mystnb.figure.caption")
    stage.dblclick(".assessment-caption")
    box = stage.locator(".assessment-caption textarea")
    assert box.input_value() == f"Ratio {{fact}}`{FACT}|bare` *here* and there."
    box.press("Control+End")
    box.type(" More.")
    box.press(key)
    stage.wait_for_selector(".assessment-caption .assessment-value")
    said = stage.inner_text(".assessment-caption")
    figure = stage.evaluate("stage.meta.mystnb.figure")
    assert said.endswith("there. More.") == kept and figure["name"] == "fig-kinases"
    assert figure["caption"] == (
        f"Ratio {{fact}}`{FACT}|bare` *here* and there. More." if kept else before
    )
