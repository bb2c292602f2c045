package io.pagestream.cases.explain;

import io.pagestream.cases.casefolder.StoredFinding;
import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.Words;
import io.pagestream.cases.verdicts.Decision;
import io.pagestream.cases.verdicts.Mapping;
import io.pagestream.cases.verdicts.PageSpan;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.ledger.Unseen;
import io.pagestream.schemas.page.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The explanation of a page as plain values, for JSON. Unknown values are null. */
public final class StoryTree {
  private StoryTree() {}

  /** The explanation as a tree. */
  public static Map<String, Object> of(PageStory story, PolicyRows policy) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("imageId", story.image().imageId());
    tree.put("image", story.image().name());
    tree.put("address", story.address());
    tree.put("page", story.page());
    putNullable(tree, "range", range(story.range()));
    putNullable(tree, "rangeBefore", range(story.rangeBefore()));
    putNullable(tree, "rangeAfter", range(story.rangeAfter()));
    PageSpan span = story.span();
    tree.put("judged", span != null);
    putNullable(tree, "span", span == null ? null : span(span, policy));
    tree.put("doubts", story.doubts().stream().map(DoubtText::line).toList());
    putNullable(tree, "mapping", span == null ? null : mapping(story, span));
    tree.put("findingCount", story.findingCount());
    tree.put("findings", story.findings().stream().map(StoryTree::finding).toList());
    return tree;
  }

  @SuppressWarnings("NullAway") // JSON has null
  private static void putNullable(Map<String, Object> tree, String field, @Nullable Object value) {
    tree.put(field, value);
  }

  private static @Nullable Map<String, Object> range(@Nullable AddressRange range) {
    if (range == null) {
      return null;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("physicalAddress", range.getPhysicalAddress());
    tree.put("pageCount", range.getPageCount());
    tree.put("kind", Words.of(range.getKind()));
    tree.put("provenance", Words.of(range.getProvenance()));
    tree.put("name", range.getName());
    tree.put("source", range.getSource());
    return tree;
  }

  private static Map<String, Object> span(PageSpan span, PolicyRows policy) {
    Decision decision = span.decision();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("physicalAddress", span.physicalAddress());
    tree.put("pageCount", span.pageCount());
    tree.put("content", Words.of(span.content()));
    Unseen unseen = span.notAnalyzed();
    putNullable(tree, "notAnalyzed", unseen == null ? null : unseen.word());
    tree.put("verdict", Words.of(decision.verdict()));
    tree.put("profile", decision.profile());
    tree.put("row", decision.row());
    PolicyRow row = policy.row(decision.profile(), decision.row()).orElse(null);
    putNullable(tree, "condition", row == null ? null : row.condition());
    putNullable(tree, "source", row == null ? null : row.source());
    tree.put("reason", decision.reason());
    tree.put("requested", Words.of(decision.requested()));
    tree.put("established", Words.of(decision.established()));
    tree.put("granted", Words.of(decision.granted()));
    tree.put("hazards", decision.hazards());
    return tree;
  }

  private static @Nullable Map<String, Object> mapping(PageStory story, PageSpan span) {
    Mapping first = span.mapping();
    if (first == null) {
      return null;
    }
    Mapping mapping = first.further(Pages.frameNumber(story.page() - span.physicalAddress()));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("mappings", mapping.mappings());
    tree.put("cacheTypes", mapping.cacheTypes().stream().map(Words::of).toList());
    tree.put("largePage", mapping.largePage());
    tree.put("pagingStructure", mapping.pagingStructure());
    Mapping.ByShape byShape = mapping.byShape();
    tree.put("shapeMappings", byShape.mappings());
    tree.put("shapeCacheTypes", byShape.cacheTypes().stream().map(Words::of).toList());
    tree.put("shapeLargePage", byShape.largePage());
    tree.put("shapePagingStructure", byShape.pagingStructure());
    Mapping.Alias alias = mapping.alias();
    putNullable(tree, "alias", alias == null ? null : alias(alias));
    return tree;
  }

  private static Map<String, Object> alias(Mapping.Alias alias) {
    return Map.of(
        "virtualAddresses",
            List.of(hex(alias.firstVirtualAddress()), hex(alias.secondVirtualAddress())),
        "types", List.of(Words.of(alias.firstType()), Words.of(alias.secondType())),
        "roots", List.of(hex(alias.firstRoot()), hex(alias.secondRoot())),
        "rootsByShape", List.of(alias.firstRootByShape(), alias.secondRootByShape()));
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }

  private static Map<String, Object> finding(StoredFinding finding) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("physicalAddress", finding.address());
    tree.put("kind", finding.kind());
    tree.put("value", finding.value());
    tree.put("analyzer", finding.analyzer());
    tree.put("length", finding.length());
    tree.put("path", finding.path());
    return tree;
  }
}
