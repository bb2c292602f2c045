package io.pagestream.images.rangemap;

import io.pagestream.images.rangesource.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One source's claims, read by ascending address. */
final class Layer {
  private final String word;
  private final List<Claim> claims;
  private int next;

  /** Claims that are sorted, disjoint and page aligned. */
  Layer(String word, List<Claim> claims) {
    this.word = word;
    this.claims = claims;
  }

  String word() {
    return word;
  }

  /** The claim on an address, which is no lower than the one asked for before; null if none. */
  @Nullable Claim at(long address) {
    while (next < claims.size() && claims.get(next).end() <= address) {
      next++;
    }
    return next < claims.size() && claims.get(next).start() <= address ? claims.get(next) : null;
  }
}
