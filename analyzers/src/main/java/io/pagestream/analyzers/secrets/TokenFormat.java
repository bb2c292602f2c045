package io.pagestream.analyzers.secrets;

/** Tokens that a documented prefix identifies. */
enum TokenFormat {
  // AWS, IAM User Guide, "Unique identifiers": base 32 after the prefix.
  AWS_ACCESS_KEY("aws", "access-key-id", "AKIA", "A-Z2-7", 16, 16, Check.NONE),
  AWS_TEMPORARY_KEY("aws", "temporary-access-key-id", "ASIA", "A-Z2-7", 16, 16, Check.NONE),
  GOOGLE_API_KEY("gcp", "api-key", "AIza", "0-9A-Za-z_-", 35, 35, Check.NONE),
  GOOGLE_CLIENT_SECRET("gcp", "client-secret", "GOCSPX-", "0-9A-Za-z_-", 28, 28, Check.NONE),
  // GitHub, "Behind GitHub's new authentication token formats": CRC-32 in base 62 at the end.
  GITHUB_PERSONAL("github", "personal-access-token", "ghp_", "0-9A-Za-z", 36, 36, Check.CRC32),
  GITHUB_OAUTH("github", "oauth-token", "gho_", "0-9A-Za-z", 36, 36, Check.CRC32),
  GITHUB_USER("github", "user-to-server-token", "ghu_", "0-9A-Za-z", 36, 36, Check.CRC32),
  GITHUB_SERVER("github", "server-to-server-token", "ghs_", "0-9A-Za-z", 36, 36, Check.CRC32),
  GITHUB_REFRESH("github", "refresh-token", "ghr_", "0-9A-Za-z", 76, 76, Check.NONE),
  GITHUB_FINE_GRAINED(
      "github", "fine-grained-token", "github_pat_", "0-9A-Za-z_", 82, 82, Check.NONE),
  NPM("npm", "access-token", "npm_", "0-9A-Za-z", 36, 36, Check.CRC32),
  GITLAB("gitlab", "personal-access-token", "glpat-", "0-9A-Za-z_-", 20, 20, Check.NONE),
  // Slack, "Token types".
  SLACK_BOT("slack", "bot-token", "xoxb-", "0-9A-Za-z-", 24, 120, Check.NUMBERED),
  SLACK_USER("slack", "user-token", "xoxp-", "0-9A-Za-z-", 24, 120, Check.NUMBERED),
  SLACK_WORKSPACE("slack", "workspace-token", "xoxa-", "0-9A-Za-z-", 24, 120, Check.NUMBERED),
  SLACK_REFRESH("slack", "refresh-token", "xoxr-", "0-9A-Za-z-", 24, 120, Check.NUMBERED),
  SLACK_SESSION("slack", "session-token", "xoxs-", "0-9A-Za-z-", 24, 120, Check.NUMBERED),
  SLACK_APP("slack", "app-token", "xapp-", "0-9A-Za-z-", 40, 140, Check.NUMBERED),
  // Stripe, "API keys".
  STRIPE_LIVE("stripe", "secret-key", "sk_live_", "0-9A-Za-z", 24, 107, Check.NONE),
  STRIPE_TEST("stripe", "test-secret-key", "sk_test_", "0-9A-Za-z", 24, 107, Check.NONE),
  STRIPE_RESTRICTED("stripe", "restricted-key", "rk_live_", "0-9A-Za-z", 24, 107, Check.NONE),
  STRIPE_WEBHOOK("stripe", "webhook-secret", "whsec_", "0-9A-Za-z", 32, 64, Check.NONE),
  SENDGRID("sendgrid", "api-key", "SG.", "0-9A-Za-z_.-", 66, 66, Check.NONE),
  DIGITAL_OCEAN("digitalocean", "access-token", "dop_v1_", "0-9a-f", 64, 64, Check.NONE);

  /** The rule that a token's characters satisfy, apart from length and alphabet. */
  enum Check {
    NONE,
    /** The last six characters are the CRC-32 of the others in base 62. */
    CRC32,
    /** A digit follows the prefix. */
    NUMBERED
  }

  /** Number of characters after the prefix that the anchor contains. */
  static final int ANCHOR_CHARS = 3;

  private final String provider;
  private final String type;
  private final String prefix;
  private final String alphabet;
  private final int minChars;
  private final int maxChars;
  private final Check check;

  TokenFormat(
      String provider,
      String type,
      String prefix,
      String alphabet,
      int minChars,
      int maxChars,
      Check check) {
    this.provider = provider;
    this.type = type;
    this.prefix = prefix;
    this.alphabet = alphabet;
    this.minChars = minChars;
    this.maxChars = maxChars;
    this.check = check;
  }

  String provider() {
    return provider;
  }

  String type() {
    return type;
  }

  String prefix() {
    return prefix;
  }

  int minChars() {
    return minChars;
  }

  int maxChars() {
    return maxChars;
  }

  Check check() {
    return check;
  }

  String anchor() {
    return prefix.replace(".", "\\.")
        + "["
        + alphabet
        + "]{"
        + (ANCHOR_CHARS - 1)
        + "}["
        + alphabet
        + "]";
  }

  boolean allows(int character) {
    return character > 0
        && character < 0x80
        && ((alphabet.indexOf(character) >= 0 && character != '-')
            || inRange(character)
            || (character == '-' && alphabet.endsWith("-")));
  }

  private boolean inRange(int character) {
    for (int i = 1; i + 1 < alphabet.length(); i++) {
      if (alphabet.charAt(i) == '-'
          && character >= alphabet.charAt(i - 1)
          && character <= alphabet.charAt(i + 1)) {
        return true;
      }
    }
    return false;
  }
}
