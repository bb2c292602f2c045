package io.pagestream.mapper.call;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A kernel routine by which drivers map or copy physical memory. */
public enum Routine {
  MM_MAP_IO_SPACE("MmMapIoSpace", CachePolicies.WINDOWS),
  MM_MAP_IO_SPACE_EX("MmMapIoSpaceEx", CachePolicies.WINDOWS),
  MM_COPY_MEMORY("MmCopyMemory", CachePolicies.WINDOWS),
  MM_MAP_LOCKED_PAGES("MmMapLockedPagesSpecifyCache", CachePolicies.WINDOWS),
  IOREMAP("ioremap", CachePolicies.LINUX),
  MEMREMAP("memremap", CachePolicies.LINUX),
  /** The only routine of the profile {@code strict}, which is not a system. */
  MAPPING("mapping", CachePolicies.STRICT);

  private final String title;
  private final String profile;

  Routine(String title, String profile) {
    this.title = title;
    this.profile = profile;
  }

  /** The routine's name in the system's headers. */
  public String title() {
    return title;
  }

  /** Name of the cache-policy profile of its system. */
  public String profile() {
    return profile;
  }

  /** The routines that can be chosen by name. */
  public static List<String> names() {
    return Arrays.stream(values())
        .filter(routine -> routine != MAPPING)
        .map(Routine::title)
        .toList();
  }

  /**
   * The routine with a name, in any case.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if there is none
   */
  public static Routine named(String name) {
    return Arrays.stream(values())
        .filter(routine -> routine != MAPPING && routine.title.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            PagestreamException.of(
                ErrorCode.USAGE,
                "there is no routine '" + name + "'",
                "choose one of: " + names().stream().collect(Collectors.joining(", "))));
  }

  /** The routine that a profile uses if none is chosen. */
  public static Routine of(String profile) {
    return Arrays.stream(values())
        .filter(routine -> routine.profile.equals(profile))
        .findFirst()
        .orElseThrow();
  }

  /** Whether it maps pages, rather than copying their content. */
  public boolean maps() {
    return this != MM_COPY_MEMORY;
  }

  /** Whether one call takes a list of pages that need not be consecutive in physical memory. */
  public boolean takesPageList() {
    return this == MM_MAP_LOCKED_PAGES || this == MM_COPY_MEMORY;
  }
}
