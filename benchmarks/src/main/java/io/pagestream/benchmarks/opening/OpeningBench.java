package io.pagestream.benchmarks.opening;

import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.survey.PageSurvey;
import io.pagestream.schemas.page.Pages;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Opens images and reads all their pages, and prints a row of a Markdown table for each: format,
 * pages, seconds to open (the first time in the JVM apart), MB allocated by opening, and MB of
 * pages read for each second of CPU time. {@code benchmarks/run opening} gives the JVM a heap of 50
 * MB.
 */
public final class OpeningBench {
  private static final int OPENINGS = 5;
  private static final int READINGS = 3;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private OpeningBench() {}

  /** Measures the images that are given as arguments; {@code A+B} are two files of one image. */
  public static void main(String[] images) throws InterruptedException {
    System.out.println(
        "| image | format | pages | first opening, s | opening, s | CPU, s | allocated, MB |"
            + " reading, MB per CPU-s |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|--:|");
    for (String image : images) {
      System.out.println(row(image));
    }
  }

  private static String row(String image) throws InterruptedException {
    List<Path> files = Arrays.stream(image.split("\\+")).map(Path::of).toList();
    double[] seconds = new double[OPENINGS];
    double[] cpu = new double[OPENINGS];
    double[] megabytes = new double[OPENINGS];
    for (int i = 0; i < OPENINGS; i++) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long cpuTime = THREADS.getCurrentThreadCpuTime();
      long time = System.nanoTime();
      try (OpenedImage opened = MemoryImages.open(files, OpenOptions.defaults())) {
        seconds[i] = (System.nanoTime() - time) / 1e9;
        cpu[i] = (THREADS.getCurrentThreadCpuTime() - cpuTime) / 1e9;
        megabytes[i] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / 1e6;
        requireExtents(opened);
      }
    }
    double first = seconds[0];
    try (OpenedImage opened = MemoryImages.open(files, OpenOptions.defaults())) {
      double[] rates = new double[READINGS];
      for (int i = 0; i < READINGS; i++) {
        long cpuTime = THREADS.getCurrentThreadCpuTime();
        PageSurvey survey = PageSurvey.of(opened.image(), done -> {});
        double used = (THREADS.getCurrentThreadCpuTime() - cpuTime) / 1e9;
        rates[i] = Pages.address(survey.counts().all()) / 1e6 / used;
      }
      long pages = opened.extents().stream().mapToLong(extent -> extent.pageCount()).sum();
      return String.format(
          Locale.ROOT,
          "| %s | %s | %,d | %.3f | %s | %s | %s | %s |",
          files.getFirst().getFileName(),
          opened.facts().format(),
          pages,
          first,
          cell(Arrays.copyOfRange(seconds, 1, OPENINGS), 4),
          cell(Arrays.copyOfRange(cpu, 1, OPENINGS), 4),
          cell(megabytes, 1),
          cell(rates, 0));
    }
  }

  private static void requireExtents(OpenedImage opened) {
    if (opened.extents().isEmpty()) {
      throw new IllegalStateException(opened.name() + " has no memory");
    }
  }

  private static String cell(double[] figures, int decimals) {
    Arrays.sort(figures);
    String form = "%." + decimals + "f";
    return String.format(
        Locale.ROOT,
        form + " (" + form + "–" + form + ")",
        figures[figures.length / 2],
        figures[0],
        figures[figures.length - 1]);
  }
}
