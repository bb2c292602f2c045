package io.pagestream.cases.verify;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.seal.CaseFiles;
import io.pagestream.cases.seal.HashingStream;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.cases.seal.SealDifference;
import io.pagestream.cases.seal.SealedFile;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.finding.FindingIds;
import io.pagestream.schemas.finding.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads {@code findings.jsonl} once, in bounded memory: its hash, and for each line whether its id
 * matches its content, whether it belongs to an image and an address of the case, and whether it is
 * in order. Not thread-safe, for one file.
 */
final class FindingLines {
  private static final String FILE = CaseFiles.FINDINGS;
  private static final int EVERY_LINES = 1 << 14;

  private final SealedFile sealed;
  private final ImagePlaces places;
  private final Report report;
  private final FindingCounts counts = new FindingCounts();
  private final FindingIds ids = new FindingIds();
  private long lines;
  private Line last = new Line();
  private Line now = new Line();

  /** The fields that are checked. */
  private static final class Line {
    private int place = -1;
    private String id = "";
    private String imageId = "";
    private String image = "";
    private String analyzer = "";
    private String kind = "";
    private String value = "";
    private String space = Location.PHYSICAL;
    private String path = "";
    private long address = -1;

    private void clear() {
      place = -1;
      id = "";
      imageId = "";
      image = "";
      analyzer = "";
      kind = "";
      value = "";
      space = Location.PHYSICAL;
      path = "";
      address = -1;
    }

    /** By image, address, kind and id, the order of the case. */
    private int compareTo(Line other) {
      int order = Integer.compare(place, other.place);
      if (order == 0) {
        order = Long.compare(address, other.address);
      }
      if (order == 0) {
        order = kind.compareTo(other.kind);
      }
      return order == 0 ? id.compareTo(other.id) : order;
    }
  }

  FindingLines(SealedFile sealed, StoredCase stored, Report report) {
    this.sealed = sealed;
    this.places = new ImagePlaces(stored.images());
    this.report = report;
  }

  /** Checks the file, and returns what it counts. */
  FindingCounts run(Path folder, VerifyProgress progress) {
    String shared = places.sharedLabel();
    if (shared != null) {
      report.remark("two images of the case have the label " + shared);
    }
    Path file = folder.resolve(FILE);
    JsonFactory factory =
        JsonFactory.builder().configure(StreamReadFeature.AUTO_CLOSE_SOURCE, false).build();
    try (InputStream in = NoFollow.stream(file)) {
      HashingStream hashing = new HashingStream(in);
      try (JsonParser json = factory.createParser(hashing)) {
        read(json, hashing, progress);
      } catch (JacksonException e) {
        report.differs(
            new SealDifference(
                FILE,
                Math.max(0, e.getLocation().getLineNr()),
                "is not JSON at offset 0x%x; the lines behind it were not read"
                    .formatted(e.getLocation().getByteOffset())));
      }
      hashing.skipAll();
      FileCheck.compare(sealed, hashing.finish(), report);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED, file.toString(), e.toString(), "check the disk")
          .causedBy(e);
    }
    if (lines != sealed.lines()) {
      report.differs(FILE, "has %,d lines instead of %,d".formatted(lines, sealed.lines()));
    }
    return counts;
  }

  private void read(JsonParser json, HashingStream in, VerifyProgress progress) throws IOException {
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      lines++;
      if (lines % EVERY_LINES == 0) {
        progress.at(FILE, in.sizeBytes(), sealed.content().sizeBytes());
      }
      long line = json.currentTokenLocation().getLineNr();
      if (line != lines && report.count(FILE) == 0) {
        differs(line, "is not one object a line");
      }
      if (token != JsonToken.START_OBJECT) {
        differs(line, "is not a JSON object");
        json.skipChildren();
        continue;
      }
      fields(json);
      check(line);
    }
  }

  private void fields(JsonParser json) throws IOException {
    now.clear();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        switch (field) {
          case "findingId" -> now.id = json.getText();
          case "imageId" -> now.imageId = json.getText();
          case "image" -> now.image = json.getText();
          case "analyzer" -> now.analyzer = json.getText();
          case "kind" -> now.kind = json.getText();
          case "value" -> now.value = json.getText();
          case "space" -> now.space = json.getText();
          case "path" -> now.path = json.getText();
          default -> {}
        }
      } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals("physicalAddress")) {
        now.address = json.getLongValue();
      } else {
        json.skipChildren();
      }
    }
  }

  private void check(long line) {
    now.place = places.of(now.imageId);
    Location location = new Location(now.space, now.address, now.path);
    if (now.place < 0) {
      differs(line, "names an image that the case does not have");
    } else if (!location.isPossible()) {
      differs(line, "has no address");
    } else if (location.isPhysical() && !places.hold(now.place, now.address, now.address + 1)) {
      differs(line, "has the address 0x%x, which its image does not have".formatted(now.address));
    } else if (!now.image.isEmpty() && !now.image.equals(places.label(now.place))) {
      differs(line, "has another label than its image");
    }
    if (!ids.of(now.imageId, now.analyzer, now.kind, location, now.value).equals(now.id)) {
      differs(
          line,
          "has an id that does not follow from its content: it was written or changed by"
              + " something else");
    }
    int order = lines == 1 ? -1 : last.compareTo(now);
    if (order == 0) {
      differs(line, "is there twice");
    } else if (order > 0) {
      differs(line, "does not stand in the order of the case");
    }
    counts.add(now.imageId, now.kind);
    Line spare = last;
    last = now;
    now = spare;
  }

  private void differs(long line, String what) {
    report.differs(new SealDifference(FILE, line, what));
  }
}
