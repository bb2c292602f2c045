package io.pagestream.analyzers.hosts;

import io.pagestream.analyzers.chars.CharView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The top-level domains: IANA's list, and names that are reserved or used only inside of networks.
 * Names are stored as 64-bit hashes, so that a look-up needs no string; a hash collision only
 * results in one incorrect name.
 */
public final class TopLevelDomains {
  private static final String RESOURCE = "top-level-domains.txt";

  /** RFC 2606, RFC 6761, RFC 6762 (appendix G), RFC 7686, RFC 8375, ICANN's ".internal". */
  private static final String RESERVED =
      "example invalid localhost test local localdomain internal intranet private corp home lan"
          + " onion";

  private static final long[] HASHES = load();

  private TopLevelDomains() {}

  /** Whether {@code [from, to)} is a top-level domain, ignoring case. */
  public static boolean contains(CharView text, int from, int to) {
    long hash = HASH_START;
    for (int i = from; i < to; i++) {
      hash = next(hash, text.lower(i));
    }
    return Arrays.binarySearch(HASHES, hash) >= 0;
  }

  /** Whether a name in ASCII is a top-level domain, ignoring case. */
  public static boolean contains(String name) {
    return Arrays.binarySearch(HASHES, hash(name.toLowerCase(Locale.ROOT))) >= 0;
  }

  private static long[] load() {
    try (InputStream in = TopLevelDomains.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + RESOURCE);
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      Stream<String> listed = lines.lines().filter(line -> !line.startsWith("#"));
      return Stream.concat(listed, Stream.of(RESERVED))
          .flatMap(line -> Stream.of(line.split(" ")))
          .mapToLong(TopLevelDomains::hash)
          .sorted()
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // FNV-1a, 64 bits.
  private static final long HASH_START = 0xcbf29ce484222325L;

  private static long next(long hash, int character) {
    return (hash ^ character) * 0x100000001b3L;
  }

  private static long hash(String name) {
    long hash = HASH_START;
    for (int i = 0; i < name.length(); i++) {
      hash = next(hash, name.charAt(i));
    }
    return hash;
  }
}
