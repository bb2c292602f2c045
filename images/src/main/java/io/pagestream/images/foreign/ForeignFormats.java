package io.pagestream.images.foreign;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that are clearly not raw memory. Without this table they would be read as raw, and every
 * address found in them would be wrong. A file that is unwrapped is looked at without its wrapping.
 */
public final class ForeignFormats {
  /** Short or structural signatures stand behind the long ones of the same kind. */
  private static final List<ForeignFormat> TABLE =
      Stream.of(
              MachineStates.TABLE,
              SystemDumps.TABLE,
              EvidenceFiles.TABLE,
              EncryptedFiles.TABLE,
              DiskImages.TABLE,
              Archives.TABLE,
              CompressedFiles.TABLE,
              OtherFiles.TABLE)
          .flatMap(List::stream)
          .toList();

  private ForeignFormats() {}

  /**
   * Refuses what is clearly something else.
   *
   * @throws PagestreamException FORMAT_UNSUPPORTED for memory in a format that is not read, and for
   *     archives and the like; FORMAT_UNKNOWN for what is no memory at all
   */
  public static void refuse(ImageBytes bytes) {
    find(bytes)
        .ifPresent(foreign -> {
          throw refusal(bytes, foreign);
        });
  }

  /** What a file clearly is, with its article ("a tar archive"); empty if it may be raw memory. */
  public static Optional<String> name(ImageBytes bytes) {
    return find(bytes).map(ForeignFormat::what);
  }

  private static Optional<ForeignFormat> find(ImageBytes bytes) {
    Peek file = new Peek(bytes);
    return TABLE.stream().filter(foreign -> foreign.matches(file)).findFirst();
  }

  private static PagestreamException refusal(ImageBytes bytes, ForeignFormat foreign) {
    return foreign.holdsMemory()
        ? PagestreamException.inFile(
            ErrorCode.FORMAT_UNSUPPORTED,
            bytes.name(),
            "is %s, which is not supported".formatted(foreign.what()),
            foreign.remedy())
        : PagestreamException.inFile(
            ErrorCode.FORMAT_UNKNOWN,
            bytes.name(),
            "is %s, not a memory image".formatted(foreign.what()),
            foreign.remedy());
  }
}
