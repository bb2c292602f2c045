package io.pagestream.whatif;

import io.pagestream.cases.text.Words;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.Routine;
import io.pagestream.schemas.avro.CacheType;
import java.util.Set;
import java.util.stream.Collectors;

/** What a routine returns to its caller. */
final class ReturnValue {
  private ReturnValue() {}

  /** The returned value itself, in short. */
  static String value(CallResult result) {
    boolean granted = result.granted();
    return switch (result.call().routine()) {
      case MM_COPY_MEMORY -> granted ? "STATUS_SUCCESS" : "an error status";
      case MM_MAP_LOCKED_PAGES ->
          granted ? "a virtual address" : "NULL (an exception for UserMode)";
      case MM_MAP_IO_SPACE, MM_MAP_IO_SPACE_EX, IOREMAP, MEMREMAP, MAPPING ->
          granted ? "a virtual address" : "NULL";
    };
  }

  /** The same in a sentence. */
  static String sentence(CallResult result) {
    MappingCall call = result.call();
    String subject = call.routine().title() + " returns " + value(result);
    if (call.routine() == Routine.MM_COPY_MEMORY) {
      return "%s; NumberOfBytesTransferred = %d of %s"
          .formatted(
              subject,
              result.problem().isPresent() ? 0 : result.bytesBeforeRefusal(),
              Long.toUnsignedString(call.length()));
    }
    if (!result.granted()) {
      return subject;
    }
    String offset =
        call.offset() == 0
            ? ""
            : " ending in 0x%03x, the offset into the first page".formatted(call.offset());
    return "%s%s; %s".formatted(subject, offset, types(result.grantedTypes()));
  }

  private static String types(Set<CacheType> types) {
    String all = types.stream().map(Words::of).collect(Collectors.joining(", "));
    return types.size() == 1
        ? "the pages are mapped " + all
        : "the pages are mapped with different types: " + all;
  }
}
