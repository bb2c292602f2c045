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

/** Options of every command that judges pages: whose rules, and what is asked for. */
final class MapperChoice {
  private static final int HIGHEST_BUILD = 999_999;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = CachePolicies.DEFAULT,
      description = {
        "Whose rules judge the pages (docs/cache-policy.md): windows, linux, or strict, which"
            + " refuses any conflict of cache types (default: ${DEFAULT-VALUE})."
      })
  private String profile;

  @Option(
      names = "--request",
      paramLabel = "[KIND=]TYPE",
      description = {
        "Cache type to ask for: of memory, or of one kind of range (ram, device, frame-buffer,"
            + " firmware-reserved, acpi, persistent, unknown). May be given more than once.",
        "Windows' types: cached, uncached, write-combined, hardware-coherent-cached,"
            + " non-cached-unordered, uswc-cached. The other profiles also know uncached-minus,"
            + " write-through, write-protected.",
        "Default: what a careful reader asks for. Memory, ACPI tables: cached; frame buffers:"
            + " write-combined; devices, firmware: uncached."
      })
  private List<String> requests = List.of();

  @Option(
      names = "--read-device-memory",
      description = {
        "Ask for device memory too. Without it, pages of devices get the verdict refused: on a"
            + " live machine reading them can have side effects. Bytes that the image holds are"
            + " analyzed either way."
      })
  private boolean readDeviceMemory;

  @Option(
      names = "--skip-refused",
      description = {
        "Do not analyze pages whose verdict is refused. By default a verdict is a label, and every"
            + " byte that the image holds is analyzed. With this option forged page tables or"
            + " memory maps can hide pages; the summary counts them."
      })
  private boolean skipRefused;

  @Option(
      names = "--os-build",
      paramLabel = "N",
      description = {
        "Windows: build of the system that is judged. From 17134 (1803) on, pages that hold page"
            + " tables are refused; 17133 still maps them (default: 17134)."
      })
  private @Nullable Integer osBuild;

  @Option(
      names = "--io-conflict",
      paramLabel = "CHOICE",
      description = {
        "Windows: what to do where a driver has mapped a device with another type; the sources"
            + " differ. reject, override (grant the driver's type) or allow (default: reject)."
      })
  private @Nullable String ioConflict;

  @Option(
      names = "--linux-call",
      paramLabel = "CALL",
      description = {
        "Linux: by which way to ask. reserve (as ioremap does), reserve-exact (take no other type"
            + " than asked for) or mmap (of /dev/mem) (default: reserve)."
      })
  private @Nullable String linuxCall;

  @Option(names = "--linux-nopat", description = "Linux: the kernel was booted without PAT.")
  private boolean linuxNopat;

  /**
   * The mapper's choices.
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
          option + " says nothing to profile '" + profile + "'",
          "leave it out, or choose --profile " + needed);
    }
  }

  private static <E extends Enum<E>> E choice(String option, String given, E[] choices) {
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
