package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageContent;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.avro.RangeProvenance;
import io.pagestream.schemas.avro.VerdictKind;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads {@code verdicts.jsonl}, as written by {@link VerdictJson}. Fields may be in any order. */
final class VerdictLines {
  private final CaseFile file;

  /** A few decisions recur very often; each is created once. */
  private final Map<Decision, Decision> decisions = new HashMap<>();

  private static final int MOST_DECISIONS = 10_000;

  VerdictLines(CaseFile file) {
    this.file = file;
  }

  /** Delivers all spans with their images' ids. */
  void forEach(BiConsumer<String, PageSpan> receiver) {
    file.forEach(json -> read(json, receiver));
  }

  /** The fields of one line that have been read so far. */
  private static final class Line {
    private String imageId = "";
    private long physicalAddress = -1;
    private long pageCount = -1;
    private PageContent content = PageContent.BYTES;
    private VerdictKind verdict = VerdictKind.REFUSED;
    private String profile = "";
    private int row;
    private String reason = "";
    private CacheType requested = CacheType.UNKNOWN;
    private CacheType established = CacheType.UNKNOWN;
    private CacheType granted = CacheType.UNKNOWN;
    private RangeKind rangeKind = RangeKind.UNKNOWN;
    private RangeProvenance provenance = RangeProvenance.UNKNOWN;
    private List<String> hazards = List.of();
    private int mappings = -1;
    private List<CacheType> cacheTypes = List.of();
    private boolean largePage;
    private boolean pagingStructure;
    private Mapping.@Nullable Alias alias;
    private int shapeMappings;
    private List<CacheType> shapeCacheTypes = List.of();
    private boolean shapeLargePage;
    private boolean shapePagingStructure;
    private @Nullable Unseen notAnalyzed;

    private Mapping.ByShape byShape() {
      return new Mapping.ByShape(
          shapeMappings, shapeCacheTypes, shapeLargePage, shapePagingStructure);
    }
  }

  private void read(JsonParser json, BiConsumer<String, PageSpan> receiver) throws IOException {
    Line line = new Line();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "imageId" -> line.imageId = file.text(json);
        case "physicalAddress" ->
            line.physicalAddress = file.number(json, 0, Pages.ADDRESS_LIMIT - 1);
        case "pageCount" ->
            line.pageCount = file.number(json, 1, Pages.frameNumber(Pages.ADDRESS_LIMIT));
        case "content" -> line.content = file.word(json, PageContent.class);
        case "verdict" -> line.verdict = file.word(json, VerdictKind.class);
        case "profile" -> line.profile = file.text(json);
        case "row" -> line.row = (int) file.number(json, 0, Integer.MAX_VALUE);
        case "reason" -> line.reason = file.text(json);
        case "requested" -> line.requested = file.word(json, CacheType.class);
        case "established" -> line.established = file.word(json, CacheType.class);
        case "granted" -> line.granted = file.word(json, CacheType.class);
        case "rangeKind" -> line.rangeKind = file.word(json, RangeKind.class);
        case "provenance" -> line.provenance = file.word(json, RangeProvenance.class);
        case "hazards" -> line.hazards = texts(json);
        case "mappings" ->
            line.mappings =
                value == JsonToken.VALUE_NULL ? -1 : (int) file.number(json, 0, Mapping.MANY);
        case "cacheTypes" -> line.cacheTypes = types(json);
        case "largePage" -> line.largePage = value == JsonToken.VALUE_TRUE;
        case "pagingStructure" -> line.pagingStructure = value == JsonToken.VALUE_TRUE;
        case "shapeMappings" -> line.shapeMappings = (int) file.number(json, 0, Mapping.MANY);
        case "shapeCacheTypes" -> line.shapeCacheTypes = types(json);
        case "shapeLargePage" -> line.shapeLargePage = value == JsonToken.VALUE_TRUE;
        case "shapePagingStructure" -> line.shapePagingStructure = value == JsonToken.VALUE_TRUE;
        case "notAnalyzed" ->
            line.notAnalyzed = value == JsonToken.VALUE_NULL ? null : file.word(json, Unseen.class);
        case "alias" -> line.alias = value == JsonToken.VALUE_NULL ? null : alias(json);
        default -> json.skipChildren();
      }
    }
    if (line.physicalAddress != Pages.floor(line.physicalAddress)
        || line.pageCount < 1
        || line.pageCount > Pages.frameNumber(Pages.ADDRESS_LIMIT - line.physicalAddress)) {
      throw file.corrupt(json, "ends a line that names no pages");
    }
    receiver.accept(line.imageId, span(line));
  }

  private PageSpan span(Line line) {
    Decision decision =
        new Decision(
            line.verdict,
            line.profile,
            line.row,
            line.reason,
            line.requested,
            line.established,
            line.granted,
            line.rangeKind,
            line.provenance,
            line.hazards);
    if (decisions.size() < MOST_DECISIONS) {
      decision = decisions.computeIfAbsent(decision, same -> same);
    }
    Mapping mapping =
        line.mappings < 0
            ? null
            : new Mapping(
                line.mappings,
                line.cacheTypes,
                line.largePage,
                line.pagingStructure,
                line.alias,
                line.byShape());
    return new PageSpan(
        line.physicalAddress, line.pageCount, line.content, decision, mapping, line.notAnalyzed);
  }

  private List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    requireArray(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(file.text(json));
    }
    return texts;
  }

  private List<CacheType> types(JsonParser json) throws IOException {
    List<CacheType> types = new ArrayList<>();
    requireArray(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      types.add(file.word(json, CacheType.class));
    }
    return types;
  }

  private void requireArray(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw file.corrupt(json, "should be a list");
    }
  }

  private Mapping.Alias alias(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw file.corrupt(json, "should be an object");
    }
    long[] addresses = new long[4];
    CacheType first = CacheType.UNKNOWN;
    CacheType second = CacheType.UNKNOWN;
    boolean firstByShape = false;
    boolean secondByShape = false;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "firstVirtualAddress" -> addresses[0] = address(json);
        case "firstType" -> first = file.word(json, CacheType.class);
        case "firstRoot" -> addresses[1] = address(json);
        case "secondVirtualAddress" -> addresses[2] = address(json);
        case "secondType" -> second = file.word(json, CacheType.class);
        case "secondRoot" -> addresses[3] = address(json);
        case "firstRootByShape" -> firstByShape = value == JsonToken.VALUE_TRUE;
        case "secondRootByShape" -> secondByShape = value == JsonToken.VALUE_TRUE;
        default -> json.skipChildren();
      }
    }
    return new Mapping.Alias(
        addresses[0],
        first,
        addresses[1],
        addresses[2],
        second,
        addresses[3],
        firstByShape,
        secondByShape);
  }

  private long address(JsonParser json) throws IOException {
    String text = file.text(json);
    if (!text.matches("0x[0-9a-f]{1,16}")) {
      throw file.corrupt(json, "should be an address");
    }
    return Long.parseUnsignedLong(text.substring(2), 16);
  }
}
