package io.pagestream.cases.seal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;

/** Writes the seal: the array {@code files} of {@code manifest.json}. */
public final class SealJson {
  /** The array's name in the manifest. */
  public static final String FIELD = "files";

  private static final long NANOS = 1_000_000_000L;

  private SealJson() {}

  /** Writes the field with all files. */
  public static void write(JsonGenerator json, Collection<SealedFile> files) throws IOException {
    json.writeArrayFieldStart(FIELD);
    for (SealedFile file : files) {
      json.writeStartObject();
      json.writeStringField("name", file.name());
      json.writeStringField("description", file.description());
      json.writeNumberField("sizeBytes", file.content().sizeBytes());
      json.writeStringField("sha256", file.content().sha256());
      json.writeStringField("modified", time(file.modifiedNanos()));
      json.writeNumberField("lines", file.lines());
      json.writeObjectFieldStart("counts");
      for (Map.Entry<String, SortedMap<String, Long>> image : file.counts().entrySet()) {
        json.writeObjectFieldStart(image.getKey());
        for (Map.Entry<String, Long> count : image.getValue().entrySet()) {
          json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeStringField("blockCrc32c", file.content().blocks());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** ISO 8601 with nanoseconds, the precision of the file system. */
  static String time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
        .toString();
  }

  /** The reverse of {@link #time}. */
  static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }
}
