"""The Sphinx extension of the book: roles and directives, local charts and formulas, what stands on
every page, PDF builder.
"""

from __future__ import annotations

from assessment.book.analysis_sets import set_numbers, set_switch
from assessment.book.building import unchanged_pages
from assessment.book.building.build_events import (
    SETTINGS,
    builder_inited,
    config_inited,
    finish,
    stop_on_warnings,
    write_all_after_seal,
)
from assessment.book.building.sphinx_run import begin_pdf
from assessment.book.chapters import waiting_sections
from assessment.book.chapters.executed_pages import run_before_reading
from assessment.book.doctree.nodes import (
    chart_node,
    computed_node,
    computed_register_node,
    explorer_node,
    fact_node,
    language_node,
    made_node,
    placeholder_node,
    quotation_node,
    set_number_node,
    set_switch_node,
    table_node,
    term_node,
    workbook_sheet_node,
)
from assessment.book.editions.english_pages import LeadToEnglish, lead_to_english
from assessment.book.editions.translated_pages import MarkEnglish
from assessment.book.pdf.builder import AssessmentPDFBuilder
from assessment.book.site import citation, data_archive, machine_files
from assessment.book.site.page_frame import frame_page
from assessment.book.sphinx import (
    bibliography_once,
    build_placeholders,
    computed_register,
    computed_role,
    explorer_form,
    glossary_terms,
    heading_labels,
    search_objects,
    shown_on_pages,
    workbook_sheet,
)
from assessment.book.sphinx.fact_role import FactRole, OfficialLanguageRole
from assessment.book.writers import (
    chart_writer,
    computed_cards,
    mathml,
    table_writer,
    text_writer,
    writing_state,
)
from assessment.case.definition import load_case


def setup(app) -> dict:
    bibliography_once.remember_entry_points()
    both = {
        "html": (text_writer.visit_fact, writing_state.depart),
        "text": (text_writer.visit_fact_text, writing_state.depart),
    }
    app.add_node(fact_node, **both)
    app.add_node(
        chart_node,
        html=(chart_writer.visit_chart, chart_writer.depart_chart),
        text=(writing_state.skip, writing_state.depart),
    )
    app.add_node(
        table_node,
        html=(table_writer.visit_table, writing_state.depart),
        text=(writing_state.skip, writing_state.depart),
    )
    app.add_node(
        quotation_node,
        html=(text_writer.visit_quotation, writing_state.depart),
        text=(writing_state.skip, writing_state.depart),
    )
    app.add_node(
        computed_node,
        html=(computed_cards.visit_computed, writing_state.depart),
        text=(text_writer.visit_fact_text, writing_state.depart),
    )
    app.add_node(
        term_node,
        html=(glossary_terms.visit_term, writing_state.depart),
        text=(text_writer.visit_fact_text, writing_state.depart),
    )
    for node, visit in (
        (made_node, computed_cards.visit_made),
        (explorer_node, explorer_form.visit_explorer),
        (computed_register_node, computed_register.visit_register),
        (placeholder_node, build_placeholders.visit_placeholder),
        (set_switch_node, set_switch.visit_set_switch),
        (workbook_sheet_node, workbook_sheet.visit_workbook_sheet),
    ):
        app.add_node(
            node,
            html=(visit, writing_state.depart),
            text=(writing_state.skip, writing_state.depart),
        )
    app.add_node(
        language_node,
        html=(text_writer.visit_language, text_writer.depart_language),
        text=(writing_state.depart, writing_state.depart),
    )
    app.add_node(
        set_number_node,
        html=(set_switch.visit_set_number, set_switch.depart_set_number),
        text=(writing_state.depart, writing_state.depart),
    )
    app.add_html_math_renderer(
        "assessment", (mathml.visit_math, None), (mathml.visit_displaymath, None)
    )
    app.add_role("fact", FactRole())
    app.add_role(load_case().language.id, OfficialLanguageRole())
    app.add_role_to_domain("glue", "text", computed_role.ComputedRole(), override=True)
    app.add_role("by-set", set_numbers.SetNumberRole())
    app.add_directive("set-switch", set_numbers.SetSwitch)
    app.add_directive("computed-register", computed_register.ComputedRegister)
    app.add_directive("workbook-sheet", workbook_sheet.WorkbookSheet)
    placeholders = (
        "cite-box",
        "data-tables",
        "earlier-versions",
        "model-workbook",
        "pdf-editions",
        "provenance-fields",
    )
    for name in (*placeholders, "reading-ease"):
        app.add_directive(name, build_placeholders.BuildPlaceholder)
    app.add_domain(search_objects.AssessmentDomain)
    for name in SETTINGS:
        app.add_config_value(f"assessment_{name}", "", "html", str)
    app.add_builder(AssessmentPDFBuilder)
    app.add_transform(MarkEnglish)
    app.add_post_transform(LeadToEnglish)
    app.add_transform(heading_labels.FieldNames)
    app.connect("config-inited", config_inited, priority=900)
    app.connect("source-read", waiting_sections.leave_out)
    app.connect("builder-inited", builder_inited)
    app.connect("builder-inited", lead_to_english)
    app.connect("env-before-read-docs", unchanged_pages.note_texts)
    app.connect("env-before-read-docs", run_before_reading)
    app.add_env_collector(shown_on_pages.ShownCollector)
    app.connect("env-get-outdated", unchanged_pages.outdated_pages)
    app.connect("html-collect-pages", unchanged_pages.pages_written)
    # after figures have got their numbers
    app.connect("env-get-updated", unchanged_pages.rewrite_what_changed, priority=900)
    app.connect("env-updated", bibliography_once.recall_entries, priority=100)
    app.connect("env-updated", write_all_after_seal)
    app.connect("env-check-consistency", stop_on_warnings)
    for moment in ("env-check-consistency", "write-started", "build-finished"):
        app.connect(moment, begin_pdf)
    # the measure reads the page before cards are put into it
    for fill in (build_placeholders.measure, glossary_terms.mark_terms, search_objects.add_words):
        app.connect("doctree-resolved", fill)
    app.connect("doctree-resolved", heading_labels.show_labels, priority=900)
    app.connect("html-page-context", frame_page, priority=900)
    for write in (
        citation.write_files,
        data_archive.write_files,
        machine_files.write_files,
        shown_on_pages.write_origins,
    ):
        app.connect("build-finished", write)
    app.connect("build-finished", finish, priority=950)
    return {
        "parallel_read_safe": True,
        "parallel_write_safe": True,
        "version": "1",
        "env_version": 1,
    }
