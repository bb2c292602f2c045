package io.pagestream.inspect;

import io.pagestream.cases.text.Words;
import io.pagestream.images.memorytype.MtrrState;
import io.pagestream.images.memorytype.PatLayout;
import java.util.stream.Collectors;

/** The registers that determine memory types, one line each. */
final class RegisterWords {
  private RegisterWords() {}

  static String of(MtrrState mtrr) {
    if (!mtrr.enabled()) {
      return "off: all memory is uncached";
    }
    return "default %s, %d variable ranges, fixed ranges %s"
        .formatted(
            Words.of(mtrr.defaultType()),
            mtrr.variable().size(),
            mtrr.fixed().isPresent() ? "on" : "off");
  }

  static String of(PatLayout pat) {
    return pat.entries().stream().map(Words::of).collect(Collectors.joining(", "));
  }
}
