package io.pagestream.dashboard.api;

import io.javalin.http.Context;
import io.pagestream.cases.bytes.ImageLibrary;
import io.pagestream.cases.bytes.PageBytes;
import io.pagestream.cases.explain.PolicyRow;
import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.cases.store.FindingStore;
import io.pagestream.dashboard.query.Asked;
import io.pagestream.dashboard.query.BadQuestion;
import io.pagestream.schemas.page.Pages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/page}: all information about one page. */
public final class PageApi {
  /** Findings that begin at most this many bytes before the page may extend into it. */
  private static final long LONGEST_REACH = 1 << 20;

  /** The accepted parameters. */
  public static final Set<String> PARAMETERS = Set.of("image", "address");

  private static final int MOST_FINDINGS = 300;

  private final FindingStore store;
  private final ImageLibrary images;
  private final PolicyRows rows = PolicyRows.load();

  /** Uses a store and the images. */
  public PageApi(FindingStore store, ImageLibrary images) {
    this.store = store;
    this.images = images;
  }

  /** {@code image}, {@code address}. */
  public void page(Context context) {
    Asked asked = new Asked(context);
    String imageId = asked.imageId("image");
    Long wanted = asked.address("address");
    if (wanted == null || wanted >= Pages.ADDRESS_LIMIT) {
      throw new BadQuestion("address must be the physical address of a page, in hex");
    }
    long address = wanted & -Pages.SIZE;
    var space = Spaces.of(store, imageId);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("address", address);
    long place = space.placeOf(address);
    boolean inMap = place < space.pages() && space.addressOf(place) == address;
    answer.put("inRangeMap", inMap);
    answer.put("place", place);
    answer.put("previous", place > 0 ? space.addressOf(place - 1) : null);
    long next = inMap ? place + 1 : place;
    answer.put("next", next < space.pages() ? space.addressOf(next) : null);
    answer.put("range", first(RANGE, imageId, address));
    Map<String, @Nullable Object> verdict = first(VERDICT, imageId, address);
    if (verdict != null) {
      verdict.computeIfPresent("alias", (name, json) -> Json.parsed(json.toString()));
      verdict.put("policy", policy(verdict));
    }
    answer.put("verdict", verdict);
    answer.put(
        "findings",
        store.ask(
            FINDINGS,
            List.of(imageId, address - LONGEST_REACH, address + Pages.SIZE, address),
            Rows::all));
    bytes(imageId, address, answer);
    Json.send(context, answer);
  }

  private void bytes(String imageId, long address, Map<String, @Nullable Object> answer) {
    switch (images.page(imageId, address)) {
      case PageBytes.Read read -> {
        answer.put("bytes", base64(read.bytes()));
        answer.put("source", "Read from " + read.file() + ".");
        answer.put("again", false);
      }
      case PageBytes.Absent absent -> {
        answer.put("bytes", null);
        answer.put("source", absent.reason());
        answer.put("again", absent.again());
      }
    }
  }

  private static String base64(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(bytes)).toString();
  }

  private @Nullable Map<String, @Nullable Object> first(String sql, String imageId, long address) {
    List<Map<String, @Nullable Object>> found =
        store.ask(sql, List.of(imageId, address, address), Rows::all);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** The deciding row of the decision table, as documented. */
  private @Nullable Map<String, Object> policy(Map<String, @Nullable Object> verdict) {
    if (!(verdict.get("row") instanceof Number row)) {
      return null;
    }
    Optional<PolicyRow> found = rows.row(String.valueOf(verdict.get("profile")), row.intValue());
    return found
        .<Map<String, Object>>map(one ->
            Map.of(
                "condition", one.condition(),
                "verdict", one.verdict(),
                "granted", one.granted(),
                "source", one.source()))
        .orElse(null);
  }

  private static final String RANGE =
      """
      SELECT physical_address, page_count, kind, provenance, established, large_pages, name
      FROM ranges
      WHERE image_id = ? AND physical_address <= ? AND physical_address + page_count * 4096 > ?
      LIMIT 1\
      """;

  private static final String VERDICT =
      """
      SELECT physical_address, page_count, content, verdict, profile, "row", reason, requested,
        established, granted, range_kind, provenance, hazards, mappings, cache_types, large_page,
        paging_structure, alias, shape_mappings, shape_cache_types, shape_large_page,
        shape_paging_structure, not_analyzed
      FROM verdicts
      WHERE image_id = ? AND physical_address <= ? AND physical_address + page_count * 4096 > ?
      LIMIT 1\
      """;

  private static final String FINDINGS =
      """
      SELECT finding_id, kind, substr(value, 1, 400) AS value, length(value) AS value_length,
        physical_address, path, length, substr(context, 1, 600) AS context, encoding, analyzer
      FROM findings
      WHERE image_id = ? AND space = 'physical' AND physical_address > ? AND physical_address < ?
        AND (physical_address + length > ?)
      ORDER BY physical_address, place LIMIT %d\
      """
          .formatted(MOST_FINDINGS);
}
