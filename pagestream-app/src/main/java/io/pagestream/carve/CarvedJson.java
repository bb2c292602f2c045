package io.pagestream.carve;

import io.pagestream.cases.text.SafeJson;
import java.io.IOException;
import java.io.OutputStream;

/** Carved files as JSON lines. */
final class CarvedJson extends SafeJson {
  CarvedJson(OutputStream out) throws IOException {
    super(out);
  }

  void write(CarvedFile carved) throws IOException {
    json.writeStartObject();
    text("findingId", carved.findingId());
    text("imageId", carved.imageId());
    text("image", carved.image());
    text("kind", carved.kind());
    json.writeNumberField("physicalAddress", carved.physicalAddress());
    text("file", carved.file());
    json.writeNumberField("size", carved.size());
    text("sha256", carved.sha256());
    text("extent", carved.complete() ? "complete" : "cut");
    json.writeBooleanField("verified", carved.verified());
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
