package io.pagestream.cases.text;

import java.util.Locale;

/** The names of enum constants in output. */
public final class Words {
  private Words() {}

  /** The kebab-case word: {@code WRITE_BACK} is {@code write-back}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of a word, or another one if there is no such word. */
  public static <T extends Enum<T>> T parse(Class<T> type, String word, T otherwise) {
    for (T constant : type.getEnumConstants()) {
      if (of(constant).equals(word)) {
        return constant;
      }
    }
    return otherwise;
  }
}
