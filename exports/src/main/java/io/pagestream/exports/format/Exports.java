package io.pagestream.exports.format;

import java.util.List;
import java.util.Optional;

/** All formats. A new format requires a class and one line here. */
public final class Exports {
  private static final List<FindingExport> ALL =
      List.of(
          new JsonlExport(),
          new CsvExport(),
          new ParquetExport(),
          new TimesketchExport(),
          new EcsExport(),
          new EcsTemplateExport(),
          new StixExport(),
          new BulkExtractorExport(),
          new HtmlExport());

  private Exports() {}

  /** The names of all formats, in the order in which they are listed. */
  public static List<String> names() {
    return ALL.stream().map(FindingExport::name).toList();
  }

  /** The format with a name. */
  public static Optional<FindingExport> find(String name) {
    return ALL.stream().filter(export -> export.name().equals(name)).findFirst();
  }
}
