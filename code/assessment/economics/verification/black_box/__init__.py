"""The black-box tests T01–T48: each file registers its tests when it is imported."""
