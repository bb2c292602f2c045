package io.pagestream.analyzers.secrets;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.chars.Anchor;
import io.pagestream.analyzers.chars.AnchoredAnalyzer;
import io.pagestream.analyzers.hosts.EscapedUrlRule;
import java.util.ArrayList;
import java.util.List;

/** Finds passwords in connection strings and headers, tokens, and keys of cloud services. */
public final class SecretsAnalyzer {
  /** Scheme, user, password and a valid host. */
  static final FindingKind CREDENTIAL = FindingKind.checked("credential");

  /** The header is JSON with an algorithm, the payload is JSON. */
  static final FindingKind JSON_WEB_TOKEN = FindingKind.checked("json-web-token");

  /** Prefix, alphabet and length; high confidence if a checksum is correct. */
  static final FindingKind CLOUD_KEY = FindingKind.checked("cloud-key");

  /** A token or a connection string in UTF-16. */
  private static final int LOOK_AHEAD_BYTES = 2 * (JwtRule.MAX_CHARS + 2);

  private static final List<Anchor> ANCHORS = anchors();

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "secrets",
              "Connection strings with passwords, basic authentication, JSON web tokens, keys of"
                  + " cloud services.",
              List.of(CREDENTIAL, JSON_WEB_TOKEN, CLOUD_KEY),
              256,
              LOOK_AHEAD_BYTES,
              List.of())
          .searching(AnchoredAnalyzer.patterns(ANCHORS, 128, 128));

  private SecretsAnalyzer() {}

  /** An instance for one thread. */
  public static Analyzer create() {
    return new AnchoredAnalyzer(INFO, ANCHORS);
  }

  private static List<Anchor> anchors() {
    List<Anchor> anchors = new ArrayList<>();
    // Ends with the first character after the slashes.
    anchors.add(Anchor.of(new ConnectionRule(), "[a-z0-9]://[!-.0-~]"));
    // The same in the escapes of JSON and of URLs.
    anchors.add(
        Anchor.of(
            new EscapedUrlRule(new ConnectionRule()),
            "[a-z0-9](?::\\\\/\\\\/|%3[Aa]%2[Ff]%2[Ff])[A-Za-z0-9]"));
    // Ends with the first character of the encoded part.
    anchors.add(Anchor.of(new BasicAuthRule(), "[Aa]uthorization: [Bb]asic [A-Za-z0-9]"));
    // Ends with the equals sign or colon.
    anchors.add(
        Anchor.of(new PasswordRule(), "(?:assword|ASSWORD|asswd|ASSWD|[_-]pwd|[_-]PWD)[\"']?[=:]"));
    // Ends with the seventh character; "eyJ" are the characters of an object with a name.
    anchors.add(Anchor.of(new JwtRule(), "eyJ[A-Za-z0-9_-]{4}"));
    for (TokenFormat format : TokenFormat.values()) {
      anchors.add(Anchor.of(new TokenRule(format), format.anchor()));
    }
    // End with the last character of the name.
    anchors.add(
        Anchor.of(
            new NamedKeyRule("aws", "secret-access-key", 40, ""),
            "[Ss](?:ecret_access_key|ECRET_ACCESS_KEY|ecretAccessKey)"));
    anchors.add(
        Anchor.of(new NamedKeyRule("azure", "storage-account-key", 86, "=="), "Account[Kk]ey"));
    anchors.add(
        Anchor.of(new NamedKeyRule("gcp", "service-account", 40, ""), "\"private_key_id\""));
    return List.copyOf(anchors);
  }
}
