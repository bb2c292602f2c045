package io.pagestream.cases.verify;

import io.pagestream.cases.seal.SealDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a verification.
 *
 * @param manifestSha256 SHA-256 of {@code manifest.json}, which represents the case
 * @param held successful checks
 * @param differences differences
 * @param remarks remarks that are not differences
 */
public record Verification(
    String manifestSha256,
    List<Holds> held,
    List<SealDifference> differences,
    List<String> remarks) {
  /**
   * A successful check.
   *
   * @param what the checked file or sum
   * @param detail its size or count
   */
  public record Holds(String what, String detail) {}

  /** Copies its lists. */
  public Verification {
    held = List.copyOf(held);
    differences = List.copyOf(differences);
    remarks = List.copyOf(remarks);
  }

  /** Whether there are no differences. */
  public boolean holds() {
    return differences.isEmpty();
  }

  /** The result as plain values, for JSON. */
  public Map<String, Object> tree() {
    List<Map<String, Object>> different = new ArrayList<>();
    for (SealDifference difference : differences) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("file", difference.file());
      if (difference.line() > 0) {
        one.put("line", difference.line());
      }
      one.put("what", difference.what());
      different.add(one);
    }
    List<Map<String, Object>> good = new ArrayList<>();
    held.forEach(one -> good.add(Map.of("what", one.what(), "detail", one.detail())));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("holds", holds());
    tree.put("manifestSha256", manifestSha256);
    tree.put("held", good);
    tree.put("differences", different);
    tree.put("remarks", remarks);
    return tree;
  }

  /** The result as text; names from the case are not escaped for a terminal yet. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    held.forEach(one -> lines.add("  holds    %-22s %s".formatted(one.what(), one.detail())));
    differences.forEach(one -> lines.add("  DIFFERS  " + one));
    remarks.forEach(remark -> lines.add("  note     " + remark));
    lines.add(
        holds()
            ? "the case is as it was sealed"
            : "the case is NOT as it was sealed: %d differences".formatted(differences.size()));
    lines.add("seal: " + manifestSha256 + " (SHA-256 of manifest.json)");
    return lines;
  }
}
