package io.pagestream.cases.casefolder;

import io.pagestream.cases.text.SafeJson;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.ledger.Unseen;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts as JSON lines: UTF-8, one span of pages per line, always the same fields in the same
 * order. Without page tables, {@code mappings} is null and the fields derived from them are empty.
 */
public final class VerdictJson extends SafeJson {
  /** Writes to a stream, which it buffers and closes. */
  public VerdictJson(OutputStream out) throws IOException {
    super(out);
  }

  /** Writes one line. */
  public void write(String imageId, String image, PageSpan span) throws IOException {
    json.writeStartObject();
    text("imageId", imageId);
    text("image", image);
    json.writeNumberField("physicalAddress", span.physicalAddress());
    json.writeNumberField("pageCount", span.pageCount());
    text("content", Words.of(span.content()));
    Unseen unseen = span.notAnalyzed();
    if (unseen == null) {
      json.writeNullField("notAnalyzed");
    } else {
      text("notAnalyzed", unseen.word());
    }
    decision(span.decision());
    mapping(span.mapping());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void decision(Decision decision) throws IOException {
    text("verdict", Words.of(decision.verdict()));
    text("profile", decision.profile());
    json.writeNumberField("row", decision.row());
    text("reason", decision.reason());
    text("requested", Words.of(decision.requested()));
    text("established", Words.of(decision.established()));
    text("granted", Words.of(decision.granted()));
    text("rangeKind", Words.of(decision.rangeKind()));
    text("provenance", Words.of(decision.provenance()));
    texts("hazards", decision.hazards());
  }

  private void mapping(@Nullable Mapping mapping) throws IOException {
    if (mapping == null) {
      json.writeNullField("mappings");
    } else {
      json.writeNumberField("mappings", mapping.mappings());
    }
    List<CacheType> types = mapping == null ? List.of() : mapping.cacheTypes();
    texts("cacheTypes", types.stream().map(Words::of).toList());
    json.writeBooleanField("largePage", mapping != null && mapping.largePage());
    json.writeBooleanField("pagingStructure", mapping != null && mapping.pagingStructure());
    byShape(mapping == null ? Mapping.ByShape.NOTHING : mapping.byShape());
    Mapping.Alias alias = mapping == null ? null : mapping.alias();
    if (alias == null) {
      json.writeNullField("alias");
      return;
    }
    json.writeObjectFieldStart("alias");
    address("firstVirtualAddress", alias.firstVirtualAddress());
    text("firstType", Words.of(alias.firstType()));
    address("firstRoot", alias.firstRoot());
    address("secondVirtualAddress", alias.secondVirtualAddress());
    text("secondType", Words.of(alias.secondType()));
    address("secondRoot", alias.secondRoot());
    json.writeBooleanField("firstRootByShape", alias.firstRootByShape());
    json.writeBooleanField("secondRootByShape", alias.secondRootByShape());
    json.writeEndObject();
  }

  private void byShape(Mapping.ByShape byShape) throws IOException {
    json.writeNumberField("shapeMappings", byShape.mappings());
    texts("shapeCacheTypes", byShape.cacheTypes().stream().map(Words::of).toList());
    json.writeBooleanField("shapeLargePage", byShape.largePage());
    json.writeBooleanField("shapePagingStructure", byShape.pagingStructure());
  }

  /** Virtual addresses use all 64 bits, which many readers of JSON numbers do not preserve. */
  private void address(String field, long address) throws IOException {
    text(field, "0x" + Long.toHexString(address));
  }
}
