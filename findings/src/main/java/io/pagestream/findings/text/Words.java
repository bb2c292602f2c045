package io.pagestream.findings.text;

import java.util.Locale;

/** Names of our enums as they are written for people and programs. */
public final class Words {
  private Words() {}

  /** The kebab-case word: {@code WRITE_BACK} is {@code write-back}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
