package io.pagestream.command;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.mapper.policy.IoConflict;
import io.pagestream.mapper.policy.LinuxCall;
import io.pagestream.mapper.policy.LinuxOptions;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Requests;
import io.pagestream.mapper.policy.WindowsOptions;
import io.pagestream.mapper.stage.MapperOptions;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.stages.image.ImageMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that judges pages: the rules and the requested cache types. */
final class MapperChoice {
  private static final int HIGHEST_BUILD = 999_999;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = CachePolicies.DEFAULT,
      description = {
        "The rules by which pages are judged (docs/cache-policy.md): windows, linux, or strict,"
            + " which refuses every conflict of cache types (default: ${DEFAULT-VALUE})."
      })
  private String profile;

  @Option(
      names = "--request",
      paramLabel = "[KIND=]TYPE",
      description = {
        "The cache type to request for memory, or for one kind of range (ram, device,"
            + " frame-buffer, firmware-reserved, acpi, persistent, unknown). Can be given"
            + " several times.",
        "Types of Windows: cached, uncached, write-combined, hardware-coherent-cached,"
            + " non-cached-unordered, uswc-cached. The other profiles also support"
            + " uncached-minus, write-through, write-protected.",
        "Safe defaults: memory and ACPI tables cached; frame buffers write-combined; devices and"
            + " firmware uncached."
      })
  private List<String> requests = List.of();

  @Option(
      names = "--read-device-memory",
      description = {
        "Request device memory too. Without this option, device pages get the verdict refused,"
            + " because reading them on a live machine can have side effects. Bytes in the image"
            + " are analyzed in both cases."
      })
  private boolean readDeviceMemory;

  @Option(
      names = "--skip-refused",
      description = {
        "Do not analyze pages whose verdict is refused. By default a verdict is only a label,"
            + " and every byte in the image is analyzed. With this option, forged page tables or"
            + " memory maps can hide pages; the summary counts them."
      })
  private boolean skipRefused;

  @Option(
      names = "--os-build",
      paramLabel = "N",
      description = {
        "Windows: the build whose rules apply. From 17134 (1803) on, pages that contain page"
            + " tables are refused; 17133 still maps them (default: 17134)."
      })
  private @Nullable Integer osBuild;

  @Option(
      names = "--io-conflict",
      paramLabel = "CHOICE",
      description = {
        "Windows: the decision if a driver has mapped a device with another type; sources differ"
            + " on this. reject, override (grant the driver's type) or allow (default: reject)."
      })
  private @Nullable String ioConflict;

  @Option(
      names = "--linux-call",
      paramLabel = "CALL",
      description = {
        "Linux: the call that requests the mapping. reserve (as ioremap does), reserve-exact"
            + " (accept no type but the requested one) or mmap (of /dev/mem) (default: reserve)."
      })
  private @Nullable String linuxCall;

  @Option(names = "--linux-nopat", description = "Linux: the kernel was booted without PAT.")
  private boolean linuxNopat;

  /**
   * The settings of the mapper.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} for a value that does not exist, or an
   *     option of another profile
   */
  MapperOptions options() {
    CachePolicy policy = CachePolicies.named(profile, windows(), linux());
    requireProfile(CachePolicies.WINDOWS, "--os-build", osBuild != null);
    requireProfile(CachePolicies.WINDOWS, "--io-conflict", ioConflict != null);
    requireProfile(CachePolicies.LINUX, "--linux-call", linuxCall != null);
    requireProfile(CachePolicies.LINUX, "--linux-nopat", linuxNopat);
    return new MapperOptions(
        new ReaderRule(policy, readDeviceMemory, Requests.parse(requests)),
        skipRefused,
        ImageMemory.KEEP_CLOSED);
  }

  private WindowsOptions windows() {
    return new WindowsOptions(
        osBuild == null
            ? WindowsOptions.DEFAULT.osBuild()
            : Bounds.check("--os-build", osBuild, 1, HIGHEST_BUILD),
        ioConflict == null
            ? WindowsOptions.DEFAULT.ioConflict()
            : choice("--io-conflict", ioConflict, IoConflict.values()));
  }

  private LinuxOptions linux() {
    return new LinuxOptions(
        linuxCall == null
            ? LinuxOptions.DEFAULT.call()
            : choice("--linux-call", linuxCall, LinuxCall.values()),
        !linuxNopat);
  }

  private void requireProfile(String needed, String option, boolean given) {
    if (given && !profile.equals(needed)) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          option + " does not apply to profile '" + profile + "'",
          "leave it out, or choose --profile " + needed);
    }
  }

  static <E extends Enum<E>> E choice(String option, String given, E[] choices) {
    return Arrays.stream(choices)
        .filter(choice -> word(choice).equals(given))
        .findFirst()
        .orElseThrow(() ->
            PagestreamException.of(
                ErrorCode.USAGE,
                option + " '" + given + "'",
                "choose one of: "
                    + Arrays.stream(choices)
                        .map(MapperChoice::word)
                        .collect(Collectors.joining(", "))));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
