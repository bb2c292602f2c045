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
 * Images that pages are read from. An image is opened when the first of its pages is asked for; a
 * wrapped one is unwrapped then, which can take minutes, so who asks is not kept waiting. All
 * images are read by one thread, and only the last few are kept open.
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
   * @param catalogue the files of an image by its id; empty for an unknown one
   * @param files where files are found
   * @param scratch an existing folder for unwrapped images
   */
  public ImageLibrary(
      Function<String, List<ImageFiles.Wanted>> catalogue, ImageFiles files, Path scratch) {
    this.catalogue = catalogue;
    this.files = files;
    this.options = OpenOptions.defaults().withScratchDirectory(scratch);
  }

  /** What can be shown of a page. */
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
   * @param addresses physical addresses of pages; a negative one is left out
   * @param measure receives the bytes of each
   * @return one measure a page, -1 where there are no bytes; empty if the image is not ready
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

  /** Whether an image's files are where they are looked for. */
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
      return null; // not remembered: the file may come, with a disk that is connected later
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
      return Optional.empty(); // it goes on: the next to ask finds the image open
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
