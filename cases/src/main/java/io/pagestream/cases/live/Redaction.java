package io.pagestream.cases.live;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Replaces the values of secrets in findings by their hashes, for consumers that need to know where
 * secrets are and which ones are equal, but not the secrets. The id, the kind, the location, the
 * length and the verdict stay; context and attributes, which can hold parts of the value, do not.
 *
 * <p>The hash of a value with few possibilities, such as the number of a payment card, can be
 * reversed by trying all of them.
 */
public final class Redaction {
  /** Begins a value that was replaced. */
  public static final String PREFIX = "sha256:";

  /** Analyzers all of whose findings are secrets. */
  private static final Set<String> ANALYZERS =
      Set.of("aes-keys", "private-keys", "volume-keys", "bitlocker-fvek", "secrets");

  /** Kinds of other analyzers that are secrets. */
  private static final Set<String> KINDS =
      Set.of(
          "payment-card",
          "track2",
          "iban",
          "http-cookie",
          "credential",
          "cloud-key",
          "json-web-token");

  private Redaction() {}

  /** Whether a finding holds a secret. */
  public static boolean isSecret(Finding finding) {
    return ANALYZERS.contains(finding.getAnalyzer()) || KINDS.contains(finding.getKind());
  }

  /** The finding without its secret; the same object if it holds none. */
  public static Finding of(Finding finding) {
    if (!isSecret(finding)) {
      return finding;
    }
    byte[] value = finding.getValue().getBytes(StandardCharsets.UTF_8);
    return Finding.newBuilder(finding)
        .setValue(PREFIX + new Sha256().bytes(value).hex(Sha256.BYTES))
        .setContext("")
        .setAttributes(Map.of())
        .build();
  }
}
