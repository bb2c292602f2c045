package io.pagestream.program;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Masks secrets in a command line before it is written. No option takes a secret; this covers
 * secrets that users pass nevertheless, and addresses that contain a password.
 */
public final class Secrets {
  private static final String MASK = "***";

  /**
   * Names of options whose value is a secret; a name that ends in "file" names the file that
   * contains it.
   */
  private static final Pattern OPTION =
      Pattern.compile(
          "--?[\\w.-]*(?:token|password|passphrase|passwd|secret|credential)s?(?<!file)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ASSIGNED =
      Pattern.compile("(?i)([\\w.-]*(?:token|password|passphrase|passwd|secret)s?=).*");

  private static final Pattern LOGIN = Pattern.compile("(\\w+://[^/@:\\s]*:)[^/@\\s]+@");

  private Secrets() {}

  /** The arguments, with each secret replaced by {@code ***}. */
  public static List<String> masked(List<String> arguments) {
    List<String> safe = new ArrayList<>(arguments.size());
    boolean secret = false;
    for (String argument : arguments) {
      safe.add(secret ? MASK : masked(argument));
      secret = OPTION.matcher(argument).matches();
    }
    return safe;
  }

  private static String masked(String argument) {
    int equals = argument.indexOf('=');
    if (equals > 0 && OPTION.matcher(argument.substring(0, equals)).matches()) {
      return argument.substring(0, equals + 1) + MASK;
    }
    return LOGIN
        .matcher(ASSIGNED.matcher(argument).replaceFirst("$1" + MASK))
        .replaceAll("$1" + MASK + "@");
  }
}
