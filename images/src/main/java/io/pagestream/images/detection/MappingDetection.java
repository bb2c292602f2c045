package io.pagestream.images.detection;

import io.pagestream.schemas.avro.Confidence;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of docs/mapping-detections.md, in its order. A <i>leaf</i> is a present entry
 * that maps memory; its rights are those of all entries on the way to it.
 */
public enum MappingDetection {
  KERNEL_WX(0, Confidence.HIGH, "kernel memory that is writable and executable at one address"),
  USER_IN_KERNEL_HALF(1, Confidence.HIGH, "user mode may access an address of the kernel's half"),
  KERNEL_IN_USER_HALF(2, Confidence.HIGH, "an address of the user's half is for the kernel only"),
  USER_MAPS_KERNEL_TEXT(3, Confidence.HIGH, "user mode may access the kernel's text"),
  USER_MAPS_TABLE(4, Confidence.HIGH, "user mode may access a page table"),
  TEXT_WRITABLE_ALIAS(
      5, Confidence.HIGH, "the kernel's text or read-only data is writable at an address"),
  WX_BY_ALIAS(
      6, Confidence.HIGH, "a page is executable by the kernel at one address, writable at another"),
  USER_RWX(7, Confidence.MEDIUM, "user memory that is readable, writable and executable"),
  RAM_NOT_WB(8, Confidence.MEDIUM, "RAM whose effective cache type is not write-back"),
  KERNEL_HALF_DIFFERS(
      9,
      Confidence.HIGH,
      "a top-level entry of the kernel's half is not that of the kernel's table"),
  TABLE_AT_TWO_LEVELS(10, Confidence.HIGH, "a page that is a page table at two levels"),
  RESERVED_BITS(11, Confidence.HIGH, "a present entry with reserved bits set"),
  TABLE_WITH_USER_MAPPING(12, Confidence.HIGH, "a page table that user mode may access"),
  MEMTYPE_DIFFERS(
      13,
      Confidence.HIGH,
      "outside RAM, a PAT type that is not the one in the kernel's own record"),
  WB_TO_DEVICE(14, null, "a write-back mapping of addresses above 1 MiB that are not RAM"),
  USER_TO_DEVICE(15, null, "user mode may access addresses that are not RAM"),
  USER_MAPS_RODATA(16, null, "user mode may access the kernel's read-only data, as the vDSO"),
  USER_MAPS_BSS(17, null, "user mode may access the kernel's data or bss, as the zero page"),
  KERNEL_X_OUTSIDE_IMAGE(
      18,
      null,
      "executable kernel memory outside the kernel's image: modules, BPF, the trampoline");

  private final int row;
  private final boolean listed;
  private final Confidence confidence;
  private final String meaning;

  /** A definition; without a confidence, it is only listed. */
  MappingDetection(int row, @Nullable Confidence confidence, String meaning) {
    this.row = row;
    this.listed = confidence == null;
    this.confidence = confidence == null ? Confidence.LOW : confidence;
    this.meaning = meaning;
  }

  /** Its id: {@code kernel-wx}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it detects, as a clause. */
  public String meaning() {
    return meaning;
  }

  /** Whether normal systems have such mappings, so that they are listed but are no findings. */
  public boolean isListed() {
    return listed;
  }

  /** Confidence if all mappings are under named roots. */
  public Confidence confidence() {
    return confidence;
  }

  /** Its bit in the result of {@link DetectionRules}. */
  int bit() {
    return 1 << row;
  }

  /** Whether it is in a result of {@link DetectionRules}. */
  public boolean isIn(int result) {
    return (result & bit()) != 0;
  }

  /** The definitions in a result of {@link DetectionRules}. */
  public static List<MappingDetection> in(int result) {
    return Arrays.stream(values()).filter(each -> each.isIn(result)).toList();
  }

  /** The definition with an id. */
  public static Optional<MappingDetection> of(String id) {
    return Arrays.stream(values()).filter(each -> each.id().equals(id)).findFirst();
  }
}
