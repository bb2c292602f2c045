package io.pagestream.cases.bytes;

import io.pagestream.images.OpenOptions;
import io.pagestream.schemas.error.PagestreamException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Images from which pages are read. An image is opened when its first page is requested. A
 * compressed image is decompressed at that time, which can take minutes, so requests do not wait
 * for it. All images are read by one thread, and only the most recent ones are kept open.
 */
public final class ImageLibrary implements AutoCloseable {
  private static final int MOST_OPEN = 4;
  private static final long PATIENCE_MILLIS = 1500;
  private static final String NOT_FOUND =
      "The image's file is not available (pass its folder with --images).";

  private final Function<String, List<ImageFiles.Wanted>> catalogue;
  private final ImageFiles files;
  private final OpenOptions options;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("pagestream-image-reader").daemon().factory());
  private final Map<String, ImageReader> open = new LinkedHashMap<>(8, 0.75f, true);
  private final Map<String, String> unusable = new LinkedHashMap<>();

  /**
   * A library.
   *
   * @param catalogue returns the files of an image by its id; empty if it is unknown
   * @param files finds files
   * @param scratch an existing folder for decompressed images
   */
  public ImageLibrary(
      Function<String, List<ImageFiles.Wanted>> catalogue, ImageFiles files, Path scratch) {
    this.catalogue = catalogue;
    this.files = files;
    this.options = OpenOptions.defaults().withScratchDirectory(scratch);
  }

  /** The bytes of a page, if available. */
  public PageBytes page(String imageId, long physicalAddress) {
    Optional<PageBytes> read =
        ask(
            () -> {
              ImageReader reader = reader(imageId);
              return reader == null
                  ? new PageBytes.Absent(unusable.getOrDefault(imageId, NOT_FOUND), false)
                  : reader.read(physicalAddress);
            },
            PATIENCE_MILLIS);
    return read.orElseGet(() -> new PageBytes.Absent("The image is being opened.", true));
  }

  /**
   * Measures pages.
   *
   * @param addresses physical addresses of pages; negative ones are skipped
   * @param measure receives the bytes of each
   * @return one measure for each page, -1 if it has no bytes; empty if the image is not ready
   */
  public Optional<int[]> measure(
      String imageId, long[] addresses, ToIntFunction<ByteBuffer> measure) {
    return ask(
        () -> {
          ImageReader reader = reader(imageId);
          int[] measured = new int[addresses.length];
          for (int i = 0; i < addresses.length; i++) {
            measured[i] =
                reader != null
                        && addresses[i] >= 0
                        && reader.read(addresses[i]) instanceof PageBytes.Read page
                    ? measure.applyAsInt(page.bytes())
                    : -1;
          }
          return measured;
        },
        2 * PATIENCE_MILLIS);
  }

  /** Whether an image's files are found. */
  public boolean isReachable(String imageId) {
    return files.find(catalogue.apply(imageId)).isPresent();
  }

  private @Nullable ImageReader reader(String imageId) {
    ImageReader known = open.get(imageId);
    if (known != null || unusable.containsKey(imageId)) {
      return known;
    }
    Optional<List<Path>> found = files.find(catalogue.apply(imageId));
    if (found.isEmpty()) {
      return null; // not cached: the file may become available later
    }
    try {
      ImageReader reader = new ImageReader(found.get(), options);
      open.put(imageId, reader);
      if (open.size() > MOST_OPEN) {
        String oldest = open.keySet().iterator().next();
        ImageReader closing = open.remove(oldest);
        if (closing != null) {
          closing.close();
        }
      }
      return reader;
    } catch (PagestreamException e) {
      unusable.put(imageId, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private <T> Optional<T> ask(Callable<T> question, long millis) {
    Future<T> answer = thread.submit(question);
    try {
      return Optional.of(answer.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty(); // opening continues: the next request finds the image open
    } catch (CancellationException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PagestreamException known) {
        throw known;
      }
      throw new IllegalStateException("reading an image failed", e.getCause());
    }
  }

  @Override
  public void close() {
    thread.execute(() -> open.values().forEach(ImageReader::close));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
