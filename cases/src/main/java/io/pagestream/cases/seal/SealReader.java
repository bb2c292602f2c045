package io.pagestream.cases.seal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the seal from a manifest, which is not trusted. */
final class SealReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]*");
  private static final int MOST_FILES = 100;
  private static final int MOST_COUNTS = 1_000_000;

  private final Path file;
  private int counted;

  private SealReader(Path file) {
    this.file = file;
  }

  /**
   * The files that a manifest seals; empty if it has no seal.
   *
   * @param in the manifest, which is read up to its end or the first error
   * @throws PagestreamException {@link ErrorCode#RECORD_CORRUPT} with the offset
   */
  static List<SealedFile> read(Path manifest, InputStream in) throws IOException {
    SealReader reader = new SealReader(manifest);
    JsonFactory factory =
        JsonFactory.builder().configure(StreamReadFeature.AUTO_CLOSE_SOURCE, false).build();
    try (JsonParser json = factory.createParser(in)) {
      return reader.read(json);
    } catch (JacksonException e) {
      throw CorruptJson.of(e, manifest);
    }
  }

  private List<SealedFile> read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw corrupt(json, "is not a JSON object");
    }
    List<SealedFile> files = new ArrayList<>();
    boolean seen = false;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (!field.equals(SealJson.FIELD)) {
        json.skipChildren();
        continue;
      }
      if (seen || value != JsonToken.START_ARRAY) {
        throw corrupt(json, "should be the list of the case's files, once");
      }
      seen = true;
      while (json.nextToken() == JsonToken.START_OBJECT) {
        SealedFile next = file(json);
        if (files.size() >= MOST_FILES
            || files.stream().anyMatch(known -> known.name().equals(next.name()))) {
          throw corrupt(json, "lists a file twice, or too many");
        }
        files.add(next);
      }
    }
    if (json.nextToken() != null) {
      throw corrupt(json, "stands behind the manifest's end");
    }
    return files;
  }

  private SealedFile file(JsonParser json) throws IOException {
    String name = "";
    String description = "";
    String sha256 = "";
    String blocks = "";
    long sizeBytes = -1;
    long modified = 0;
    long lines = 0;
    SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "name" -> name = text(json, NAME);
        case "description" -> description = text(json, null);
        case "sizeBytes" -> sizeBytes = number(json);
        case "sha256" -> sha256 = text(json, SHA256);
        case "modified" -> modified = time(json);
        case "lines" -> lines = number(json);
        case "counts" -> counts = counts(json);
        case "blockCrc32c" -> blocks = text(json, HEX);
        default -> json.skipChildren();
      }
    }
    if (name.isEmpty() || sha256.isEmpty() || sizeBytes < 0 || CaseFiles.UNSEALED.contains(name)) {
      throw corrupt(json, "ends a sealed file without name, size or hash");
    }
    return new SealedFile(
        name,
        description,
        new ContentHash.Hashed(sizeBytes, sha256, blocks),
        modified,
        lines,
        counts);
  }

  private SortedMap<String, SortedMap<String, Long>> counts(JsonParser json) throws IOException {
    SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    requireObject(json);
    for (String image = json.nextFieldName(); image != null; image = json.nextFieldName()) {
      json.nextToken();
      requireObject(json);
      SortedMap<String, Long> ofImage = new TreeMap<>();
      for (String what = json.nextFieldName(); what != null; what = json.nextFieldName()) {
        json.nextToken();
        ofImage.put(what, number(json));
        if (++counted > MOST_COUNTS) {
          throw corrupt(json, "is one count too many");
        }
      }
      counts.put(image, ofImage);
    }
    return counts;
  }

  private void requireObject(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw corrupt(json, "should be an object");
    }
  }

  private long number(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
      throw corrupt(json, "should be a number of 0 or more");
    }
    return json.getLongValue();
  }

  private String text(JsonParser json, @Nullable Pattern form) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING
        || (form != null && !form.matcher(json.getText()).matches())) {
      throw corrupt(json, "should be a text of another form");
    }
    return json.getText();
  }

  private long time(JsonParser json) throws IOException {
    try {
      return SealJson.nanos(Instant.parse(text(json, null)));
    } catch (DateTimeException | ArithmeticException e) {
      throw corrupt(json, "should be a time").causedBy(e);
    }
  }

  private PagestreamException corrupt(JsonParser json, String what) {
    return CorruptJson.at(json, file, what);
  }
}
