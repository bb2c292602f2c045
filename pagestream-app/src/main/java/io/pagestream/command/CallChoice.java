package io.pagestream.command;

import io.pagestream.mapper.call.CallType;
import io.pagestream.mapper.call.CallTypes;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.Routine;
import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.mapper.policy.IoConflict;
import io.pagestream.mapper.policy.LinuxOptions;
import io.pagestream.mapper.policy.WindowsOptions;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose a routine and the rules by which its calls are judged. */
final class CallChoice {
  private static final int HIGHEST_BUILD = 999_999;
  private static final int LEAST_ADDRESS_BITS = 32;

  @Option(
      names = "--call",
      paramLabel = "ROUTINE",
      description = {
        "MmMapIoSpace, MmMapIoSpaceEx, MmCopyMemory, MmMapLockedPagesSpecifyCache (Windows);"
            + " ioremap, memremap (Linux). Default: MmMapIoSpace, or ioremap with --profile linux."
      })
  private @Nullable String call;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = {
        "The rules (docs/cache-policy.md): windows, linux or strict. Default: those of the"
            + " routine's system."
      })
  private @Nullable String profile;

  @Option(
      names = "--os-build",
      paramLabel = "N",
      description = "Windows: the build whose rules apply (default: 17134, that is 1803).")
  private @Nullable Integer osBuild;

  @Option(
      names = "--io-conflict",
      paramLabel = "CHOICE",
      description = {
        "Windows: the decision if a device is already mapped with another type: reject, override"
            + " or allow (default: reject)."
      })
  private @Nullable String ioConflict;

  @Option(names = "--linux-nopat", description = "Linux: the kernel was booted without PAT.")
  private boolean linuxNopat;

  @Option(
      names = "--address-bits",
      paramLabel = "N",
      defaultValue = "52",
      description = {
        "Physical-address bits of the processor (MAXPHYADDR), 32 to 52; an image does not contain"
            + " this number (default: ${DEFAULT-VALUE})."
      })
  private int addressBits;

  /** The routine. */
  Routine routine() {
    if (call != null) {
      Routine routine = Routine.named(call);
      if (profile != null && !profile.equals(routine.profile())) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "%s does not exist in profile '%s'".formatted(routine.title(), profile),
            "leave out --profile, or choose another --call");
      }
      return routine;
    }
    String chosen = profile == null ? CachePolicies.DEFAULT : profile;
    CachePolicies.named(chosen);
    return Routine.of(chosen);
  }

  /** The rules. */
  CachePolicy policy() {
    String name = routine().profile();
    requireProfile(name, CachePolicies.WINDOWS, "--os-build", osBuild != null);
    requireProfile(name, CachePolicies.WINDOWS, "--io-conflict", ioConflict != null);
    requireProfile(name, CachePolicies.LINUX, "--linux-nopat", linuxNopat);
    WindowsOptions windows =
        new WindowsOptions(
            osBuild == null
                ? WindowsOptions.DEFAULT.osBuild()
                : Bounds.check("--os-build", osBuild, 1, HIGHEST_BUILD),
            ioConflict == null
                ? WindowsOptions.DEFAULT.ioConflict()
                : MapperChoice.choice("--io-conflict", ioConflict, IoConflict.values()));
    return CachePolicies.named(
        name, windows, new LinuxOptions(LinuxOptions.DEFAULT.call(), !linuxNopat));
  }

  private static void requireProfile(String name, String needed, String option, boolean given) {
    if (given && !name.equals(needed)) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          option + " does not apply to profile '" + name + "'",
          "leave it out, or choose --profile " + needed);
    }
  }

  /** One call. */
  MappingCall call(String address, String length, String type, boolean virtual) {
    Routine routine = routine();
    CallType parsed = CallTypes.parse(routine, type);
    long start = UnsignedNumber.parse("address", address);
    long bytes = UnsignedNumber.parse("length", length);
    int bits =
        Bounds.check(
            "--address-bits", addressBits, LEAST_ADDRESS_BITS, MappingCall.MOST_ADDRESS_BITS);
    return virtual
        ? new MappingCall(routine, parsed, start, bytes, bits, true, java.util.List.of())
        : MappingCall.physical(routine, parsed, start, bytes, bits);
  }
}
