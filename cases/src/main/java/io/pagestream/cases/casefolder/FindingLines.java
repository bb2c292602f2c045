package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.Confidence;
import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.codec.TrustedRecords;
import io.pagestream.schemas.finding.Location;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads what {@link FindingJson} has written, with all fields. */
final class FindingLines {
  static {
    TrustedRecords.trust();
  }

  private FindingLines() {}

  static void forEach(CaseFile file, Consumer<Finding> receiver) {
    file.forEach(json -> receiver.accept(finding(file, json)));
  }

  private static Finding finding(CaseFile file, JsonParser json) throws IOException {
    Finding finding = new Finding();
    finding.setFindingId("");
    finding.setImageId("");
    finding.setImage("");
    finding.setAnalyzer("");
    finding.setKind("");
    finding.setValue("");
    finding.setLocation(Location.physical(0).record());
    finding.setContext("");
    finding.setEncoding("");
    finding.setRangeKind(RangeKind.UNKNOWN);
    finding.setCacheType(CacheType.UNKNOWN);
    finding.setVerdict(VerdictKind.REFUSED);
    finding.setConfidence(Confidence.UNRATED);
    finding.setAttributes(Map.of());
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "findingId" -> finding.setFindingId(file.text(json));
        case "imageId" -> finding.setImageId(file.text(json));
        case "image" -> finding.setImage(file.text(json));
        case "analyzer" -> finding.setAnalyzer(file.text(json));
        case "kind" -> finding.setKind(file.text(json));
        case "value" -> finding.setValue(file.text(json));
        case "space" -> finding.getLocation().setSpace(file.text(json));
        case "physicalAddress" ->
            finding.getLocation().setAddress(file.number(json, 0, Pages.ADDRESS_LIMIT - 1));
        case "path" -> finding.getLocation().setPath(file.text(json));
        case "length" -> finding.setLength((int) file.number(json, 0, Integer.MAX_VALUE));
        case "context" -> finding.setContext(file.text(json));
        case "encoding" -> finding.setEncoding(file.text(json));
        case "rangeKind" -> finding.setRangeKind(file.word(json, RangeKind.class));
        case "cacheType" -> finding.setCacheType(file.word(json, CacheType.class));
        case "verdict" -> finding.setVerdict(file.word(json, VerdictKind.class));
        case "confidence" -> finding.setConfidence(file.word(json, Confidence.class));
        case "attributes" -> finding.setAttributes(attributes(file, json, value));
        default -> json.skipChildren();
      }
    }
    return finding;
  }

  private static Map<String, String> attributes(CaseFile file, JsonParser json, JsonToken value)
      throws IOException {
    if (value != JsonToken.START_OBJECT) {
      throw file.corrupt(json, "should be an object");
    }
    Map<String, String> attributes = new TreeMap<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      var unusedValue = json.nextToken();
      attributes.put(field, file.text(json));
    }
    return attributes;
  }
}
