package io.pagestream.exports.format;

import java.util.List;
import java.util.Optional;

/** All formats. A new format requires a class and one line here. */
public final class Exports {
  private static final List<ExportFormat> ALL =
      List.of(
          new ExportFormat("jsonl", new JsonlExport()),
          new ExportFormat("csv", new CsvExport()),
          new ExportFormat("parquet", new ParquetExport()),
          new ExportFormat("timesketch", new TimesketchExport()),
          new ExportFormat("ecs", new EcsExport()),
          new ExportFormat("ecs-template", new EcsTemplateExport()),
          new ExportFormat("stix", new StixExport()),
          new ExportFormat("bulk-extractor", new BulkExtractorExport()),
          new ExportFormat("pcap", new PcapExport()),
          new ExportFormat("html", new HtmlExport()));

  private Exports() {}

  /** The names of all formats, in the order in which they are listed. */
  public static List<String> names() {
    return ALL.stream().map(ExportFormat::name).toList();
  }

  /** The format with a name. */
  public static Optional<ExportFormat> find(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }
}
