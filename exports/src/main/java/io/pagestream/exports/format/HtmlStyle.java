package io.pagestream.exports.format;

/** The beginning of a report, with its style sheet. */
final class HtmlStyle {
  private HtmlStyle() {}

  /**
   * Everything before the content. The policy forbids all features that the report does not need.
   */
  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Memory analysis</title>
      <style>
      :root { color-scheme: light dark; --line: #8886; --soft: #8882; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
      table { border-collapse: collapse; margin: .5rem 0 1.5rem; width: 100%; }
      th, td { border-bottom: 1px solid var(--line); padding: .25rem .6rem; text-align: left; vertical-align: top;
        overflow-wrap: anywhere; }
      th { background: var(--soft); }
      td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      p.altered { border: 3px solid #c00; padding: .5rem 1rem; }
      svg { display: block; width: 100%; height: auto; }
      @media print {
        body { margin: 0; max-width: none; font-size: 10pt; }
        tr, svg { break-inside: avoid; } h2, h3 { break-after: avoid; }
        * { print-color-adjust: exact; }
      }
      </style>
      </head>
      <body>
      <main>
      """;
}
