package io.pagestream.images.rangesource;

import io.pagestream.schemas.avro.CacheType;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of Linux's tree of I/O memory resources, given in the order in which {@code
 * /proc/iomem} prints it: a resource, then those within it.
 */
public final class ResourceTree {
  /**
   * The kernel prints at most 5 levels below the root (MAX_IORES_LEVEL); an edited copy may have
   * more.
   */
  public static final int MOST_DEPTH = 16;

  private final List<Claim> claims = new ArrayList<>();
  private final RangeKind[] kinds = new RangeKind[MOST_DEPTH + 1];
  private final Claim[] parents = new Claim[MOST_DEPTH + 1];

  /** The claims so far. */
  public List<Claim> claims() {
    return claims;
  }

  /**
   * Adds a resource.
   *
   * @param depth 0 outermost, at most {@link #MOST_DEPTH} and one more than the previous
   * @param start its first address
   * @param last its last address, at least {@code start}
   */
  public void add(int depth, long start, long last, String name) {
    enter(depth, name);
    claim(depth, start, last, name);
  }

  /** Determines the kind of a resource, on which those within it depend. */
  void enter(int depth, String name) {
    kinds[depth] = ResourceNames.kindOf(name, depth == 0 ? null : kinds[depth - 1]);
  }

  void claim(int depth, long start, long last, String name) {
    long end = last >= Pages.ADDRESS_LIMIT ? Pages.ADDRESS_LIMIT : last + 1;
    if (end > start) {
      String full = depth == 0 ? name : nameWithin(parents[depth - 1], name, start, end);
      Claim claim = new Claim(start, end, depth, kinds[depth], full, CacheType.UNKNOWN);
      parents[depth] = claim;
      claims.add(claim);
    }
  }

  /** A child that spans all of its parent would hide its name: {@code HPET 0 / PNP0103:00}. */
  private static String nameWithin(@Nullable Claim parent, String name, long start, long end) {
    boolean hides = parent != null && parent.start() == start && parent.end() == end;
    if (parent == null || !hides || parent.name().equalsIgnoreCase("reserved")) {
      return name;
    }
    return name.equalsIgnoreCase("reserved") ? parent.name() : parent.name() + " / " + name;
  }
}
