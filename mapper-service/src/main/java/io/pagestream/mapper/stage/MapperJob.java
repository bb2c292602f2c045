package io.pagestream.mapper.stage;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.IoConflict;
import io.pagestream.mapper.policy.LinuxCall;
import io.pagestream.mapper.policy.LinuxOptions;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Requests;
import io.pagestream.mapper.policy.WindowsOptions;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.RangeKind;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.stages.image.ImageMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mapper's part of an image's job: options as settings that travel in the manifest, and back.
 */
public final class MapperJob {
  private static final String PROFILE = "profile";
  private static final String READ_DEVICE_MEMORY = "read-device-memory";
  private static final String REQUEST = "request.";
  private static final String OS_BUILD = "os-build";
  private static final String IO_CONFLICT = "io-conflict";
  private static final String LINUX_CALL = "linux-call";
  private static final String LINUX_PAT = "linux-pat";
  private static final Set<String> KNOWN =
      Set.of(
          PROFILE,
          READ_DEVICE_MEMORY,
          OS_BUILD,
          IO_CONFLICT,
          LINUX_CALL,
          LINUX_PAT,
          MapperOptions.SKIP_REFUSED);

  private MapperJob() {}

  /** The options as settings; requests only where they differ from the safe defaults. */
  public static SortedMap<String, String> settings(MapperOptions options) {
    ReaderRule reader = options.reader();
    SortedMap<String, String> settings = new TreeMap<>(reader.policy().choices());
    settings.put(PROFILE, reader.policy().name());
    settings.put(READ_DEVICE_MEMORY, Boolean.toString(reader.readDeviceMemory()));
    settings.put(MapperOptions.SKIP_REFUSED, Boolean.toString(options.skipRefused()));
    reader.requests().byKind().forEach((kind, type) -> settings.put(name(kind), type.word()));
    return settings;
  }

  /**
   * The options for an image.
   *
   * @throws PagestreamException {@link ErrorCode#JOB_REFUSED} if this mapper does not know a
   *     setting or a value
   */
  public static MapperOptions of(ImageManifest manifest) {
    ImageJob job = manifest.getJob();
    return job == null ? MapperOptions.defaults() : of(job.getMapper());
  }

  /**
   * The options of settings.
   *
   * @throws PagestreamException as {@link #of(ImageManifest)}
   */
  public static MapperOptions of(Map<String, String> settings) {
    List<String> requests = new ArrayList<>();
    for (String name : new TreeMap<>(settings).keySet()) {
      if (name.startsWith(REQUEST)) {
        requests.add(name.substring(REQUEST.length()) + '=' + settings.get(name));
      } else if (!KNOWN.contains(name)) {
        throw refused("this mapper does not know the setting '" + name + "'");
      }
    }
    try {
      return new MapperOptions(
          new ReaderRule(
              CachePolicies.named(
                  settings.getOrDefault(PROFILE, CachePolicies.DEFAULT),
                  windows(settings),
                  linux(settings)),
              flag(settings, READ_DEVICE_MEMORY, false),
              Requests.parse(requests)),
          flag(settings, MapperOptions.SKIP_REFUSED, false),
          ImageMemory.KEEP_CLOSED);
    } catch (PagestreamException e) {
      if (e.code() == ErrorCode.JOB_REFUSED) {
        throw e;
      }
      throw refused(String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private static WindowsOptions windows(Map<String, String> settings) {
    String build = settings.get(OS_BUILD);
    String conflict = settings.get(IO_CONFLICT);
    return new WindowsOptions(
        build == null ? WindowsOptions.DEFAULT.osBuild() : number(OS_BUILD, build),
        conflict == null
            ? WindowsOptions.DEFAULT.ioConflict()
            : choice(IO_CONFLICT, conflict, IoConflict.values()));
  }

  private static LinuxOptions linux(Map<String, String> settings) {
    String call = settings.get(LINUX_CALL);
    return new LinuxOptions(
        call == null ? LinuxOptions.DEFAULT.call() : choice(LINUX_CALL, call, LinuxCall.values()),
        flag(settings, LINUX_PAT, LinuxOptions.DEFAULT.patEnabled()));
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw unknownValue(name, value);
    }
  }

  private static boolean flag(Map<String, String> settings, String name, boolean otherwise) {
    String value = settings.getOrDefault(name, Boolean.toString(otherwise));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unknownValue(name, value);
    };
  }

  private static <E extends Enum<E>> E choice(String name, String value, E[] choices) {
    for (E choice : choices) {
      if (word(choice).equals(value)) {
        return choice;
      }
    }
    throw unknownValue(name, value);
  }

  private static String name(RangeKind kind) {
    return REQUEST + word(kind);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static PagestreamException unknownValue(String name, String value) {
    return refused("this mapper does not know the value '" + value + "' of '" + name + "'");
  }

  private static PagestreamException refused(String why) {
    return PagestreamException.of(
        ErrorCode.JOB_REFUSED, why, "use the same version of Pagestream for all stages");
  }
}
