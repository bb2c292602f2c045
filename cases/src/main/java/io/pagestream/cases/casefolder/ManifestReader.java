package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the part of the manifest about each image, as written by {@link ManifestJson}. */
final class ManifestReader {
  /** Stages whose receipts count findings. */
  private static final Set<String> COUNTING = Set.of("analyzers", "producer");

  private final CaseFile file;
  private final List<StoredImage> images = new ArrayList<>();
  private final Map<String, List<Doubt>> doubts = new HashMap<>();
  private long findings = -1;
  private boolean addsUp = true;
  private boolean ours;

  static {
    TrustedRecords.trust();
  }

  private ManifestReader(CaseFile file) {
    this.file = file;
  }

  /**
   * The content of a manifest.
   *
   * @param images the images, in order
   * @param findings total number of findings; -1 if it is not given
   * @param addsUp whether the page accounting was complete at the end of the job
   */
  record Facts(List<StoredImage> images, long findings, boolean addsUp) {}

  static Facts read(Path manifest) {
    CaseFile file = new CaseFile(manifest);
    ManifestReader reader = new ManifestReader(file);
    file.forEach(reader::read);
    return new Facts(
        reader.images.stream().map(reader::withDoubts).toList(), reader.findings, reader.addsUp);
  }

  private void read(JsonParser json) throws IOException {
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (field.equals("tool")) {
        ours = file.text(json).equals(ManifestJson.TOOL);
      } else if (field.equals("findings")) {
        findings = file.number(json, 0, Long.MAX_VALUE);
      } else if (field.equals("addsUp")) {
        addsUp = value == JsonToken.VALUE_TRUE;
      } else if (field.equals("doubts") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          doubt(json);
        }
      } else if (field.equals("images") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          images.add(image(json));
        }
      } else {
        json.skipChildren();
      }
    }
    if (!ours) {
      throw file.corrupt(json, "ends a manifest that is not Pagestream's");
    }
  }

  /** Doubts are stored separately from the images that they concern. */
  private StoredImage withDoubts(StoredImage image) {
    return new StoredImage(
        image.imageId(),
        image.name(),
        image.pages(),
        image.verdictPages(),
        image.refusedPages(),
        image.findings(),
        image.receiptFindings(),
        image.repeated(),
        image.ranges(),
        doubts.getOrDefault(image.imageId(), List.of()));
  }

  private void doubt(JsonParser json) throws IOException {
    String imageId = "";
    Doubt doubt = new Doubt("", 0L, 0L, "");
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken unusedValue = json.nextToken();
      switch (field) {
        case "imageId" -> imageId = file.text(json);
        case "reason" -> doubt.setReason(file.text(json));
        case "physicalAddress" ->
            doubt.setPhysicalAddress(Pages.floor(file.number(json, 0, Pages.ADDRESS_LIMIT - 1)));
        case "pageCount" ->
            doubt.setPageCount(file.number(json, 0, Pages.frameNumber(Pages.ADDRESS_LIMIT)));
        case "message" -> doubt.setMessage(file.text(json));
        default -> json.skipChildren();
      }
    }
    doubts.computeIfAbsent(imageId, id -> new ArrayList<>()).add(doubt);
  }

  private StoredImage image(JsonParser json) throws IOException {
    String imageId = "";
    String name = "";
    SortedMap<String, Long> pages = new TreeMap<>();
    SortedMap<String, Long> verdictPages = new TreeMap<>();
    SortedMap<String, Long> refusedPages = new TreeMap<>();
    SortedMap<String, Long> findings = new TreeMap<>();
    SortedMap<String, Long> receiptFindings = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    SortedMap<String, Long> failures = new TreeMap<>();
    List<AddressRange> ranges = List.of();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken unusedValue = json.nextToken();
      switch (field) {
        case "imageId" -> imageId = file.text(json);
        case "name" -> name = file.text(json);
        case "pages" -> pages = pages(json, notes);
        case "verdictPages" -> verdictPages = counts(json);
        case "refusedPages" -> refusedPages = counts(json);
        case "findings" -> findings = counts(json);
        case "failures" -> failures = counts(json);
        case "receipts" -> receiptFindings = receipts(json);
        case "rangeMap" -> ranges = ranges(json);
        default -> json.skipChildren();
      }
    }
    return new StoredImage(
        imageId,
        name,
        pages,
        verdictPages,
        refusedPages,
        findings,
        receiptFindings,
        !notes.isEmpty() || !failures.isEmpty(),
        ranges,
        List.of());
  }

  /** The numbers of the ledger, with its notes. */
  private SortedMap<String, Long> pages(JsonParser json, List<String> notes) throws IOException {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT) {
        counts.put(field, file.number(json, 0, Pages.frameNumber(Pages.ADDRESS_LIMIT)));
      } else if (field.equals("notes") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.VALUE_STRING) {
          notes.add(json.getText());
        }
      } else {
        json.skipChildren();
      }
    }
    return counts;
  }

  /** Findings that the receipts of the analyzers and the producer count. */
  private SortedMap<String, Long> receipts(JsonParser json) throws IOException {
    SortedMap<String, Long> findings = new TreeMap<>();
    for (String stage = json.nextFieldName(); stage != null; stage = json.nextFieldName()) {
      if (json.nextToken() != JsonToken.START_OBJECT || !COUNTING.contains(stage)) {
        json.skipChildren();
        continue;
      }
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (field.equals("findings") && value == JsonToken.START_OBJECT) {
          counts(json).forEach((kind, count) -> findings.merge(kind, count, Long::sum));
        } else {
          json.skipChildren();
        }
      }
    }
    return findings;
  }

  /** The numbers in an object; other values are ignored. */
  private SortedMap<String, Long> counts(JsonParser json) throws IOException {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        counts.put(field, file.number(json, 0, Pages.frameNumber(Pages.ADDRESS_LIMIT)));
      } else {
        json.skipChildren();
      }
    }
    return counts;
  }

  private List<AddressRange> ranges(JsonParser json) throws IOException {
    List<AddressRange> ranges = new ArrayList<>();
    long end = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      AddressRange range = range(json);
      if (range.getPhysicalAddress() < end
          || range.getPageCount() < 1
          || range.getPageCount()
              > Pages.frameNumber(Pages.ADDRESS_LIMIT - range.getPhysicalAddress())) {
        throw file.corrupt(json, "ends a range that is empty or overlaps the one before");
      }
      end = StoredImage.end(range);
      ranges.add(range);
    }
    return ranges;
  }

  private AddressRange range(JsonParser json) throws IOException {
    AddressRange range = new AddressRange();
    range.setKind(RangeKind.UNKNOWN);
    range.setProvenance(RangeProvenance.UNKNOWN);
    range.setEstablished(CacheType.UNKNOWN);
    range.setName("");
    range.setSource("");
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "physicalAddress" ->
            range.setPhysicalAddress(Pages.floor(file.number(json, 0, Pages.ADDRESS_LIMIT - 1)));
        case "pageCount" ->
            range.setPageCount(file.number(json, 0, Pages.frameNumber(Pages.ADDRESS_LIMIT)));
        case "kind" -> range.setKind(file.word(json, RangeKind.class));
        case "provenance" -> range.setProvenance(file.word(json, RangeProvenance.class));
        case "established" -> range.setEstablished(file.word(json, CacheType.class));
        case "largePages" -> range.setLargePages(value == JsonToken.VALUE_TRUE);
        case "name" -> range.setName(file.text(json));
        case "source" -> range.setSource(file.text(json));
        default -> json.skipChildren();
      }
    }
    return range;
  }
}
