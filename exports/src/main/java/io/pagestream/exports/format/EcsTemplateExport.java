package io.pagestream.exports.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The index template for {@link EcsExport}: every field's type is fixed, because a type guessed
 * from the first document can cause later ones to be refused.
 */
final class EcsTemplateExport implements StreamExport {
  @Override
  public ExportCounts write(ExportSource source, OutputStream out) throws IOException {
    try (InputStream template = EcsTemplateExport.class.getResourceAsStream("ecs-template.json")) {
      if (template == null) {
        throw new IllegalStateException("ecs-template.json is not on the class path");
      }
      template.transferTo(out);
    }
    return ExportCounts.all(0);
  }
}
