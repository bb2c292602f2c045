package io.pagestream.dashboard.query;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.pagestream.cases.text.HostileText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a request's parameters and checks their limits. Errors are {@link BadQuestion}s. */
public final class Asked {
  private static final int MOST_VALUES = 64;
  private static final int MOST_LENGTH = 1024;
  private static final int MOST_NAME = 64;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern HEX = Pattern.compile("(?:0[xX])?([0-9a-fA-F]{1,16})");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}");

  private final Context context;

  /** The parameters of a request. */
  public Asked(Context context) {
    this.context = context;
  }

  /**
   * Refuses requests with other parameters than these: a misspelled filter must not look like a
   * filter that matches everything.
   */
  public static Handler only(Set<String> names, Handler answer) {
    return context -> {
      for (String name : context.queryParamMap().keySet()) {
        if (!name.isEmpty() && !names.contains(name)) {
          throw new BadQuestion(
              "there is no parameter " + HostileText.printable(name, MOST_NAME) + " here");
        }
      }
      answer.handle(context);
    };
  }

  /** All values of a parameter, each of limited length; empty ones are skipped. */
  public List<String> texts(String name) {
    List<String> values = context.queryParams(name);
    if (values.size() > MOST_VALUES) {
      throw new BadQuestion(name + " is given more than " + MOST_VALUES + " times");
    }
    for (String value : values) {
      if (value.length() > MOST_LENGTH) {
        throw new BadQuestion(name + " is longer than " + MOST_LENGTH + " characters");
      }
      if (value.indexOf('\0') >= 0) {
        throw new BadQuestion(name + " contains a NUL character");
      }
    }
    return values.stream().filter(value -> !value.isEmpty()).toList();
  }

  /** The only value of a parameter, or empty. */
  public String text(String name) {
    List<String> values = texts(name);
    if (values.size() > 1) {
      throw new BadQuestion(name + " is given more than once");
    }
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** One of a closed set of words; the first is the default. */
  public String word(String name, List<String> words) {
    String value = text(name);
    if (value.isEmpty()) {
      return words.getFirst();
    }
    if (!words.contains(value)) {
      throw new BadQuestion(name + " must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** A whole number within inclusive limits. */
  public long number(String name, long least, long most, long otherwise) {
    String value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    long number = DECIMAL.matcher(value).matches() ? Long.parseLong(value) : -1;
    if (number < least || number > most) {
      throw new BadQuestion(name + " must be a number from " + least + " to " + most);
    }
    return number;
  }

  /** A physical address in hex, with or without {@code 0x}; null if it is not given. */
  public @Nullable Long address(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      return null;
    }
    var hex = HEX.matcher(value);
    long address = hex.matches() ? Long.parseUnsignedLong(hex.group(1), 16) : -1;
    if (address < 0) {
      throw new BadQuestion(name + " must be a physical address in hex");
    }
    return address;
  }

  /** The id of an image, which must be given. */
  public String imageId(String name) {
    return requireId(name, text(name));
  }

  /** An id from a path or a parameter. */
  public static String requireId(String name, String value) {
    if (!ID.matcher(value).matches()) {
      throw new BadQuestion(name + " must be 32 lower-case hex digits");
    }
    return value;
  }
}
