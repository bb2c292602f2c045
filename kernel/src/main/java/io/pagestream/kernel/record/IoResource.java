package io.pagestream.kernel.record;

/**
 * A resource of {@code iomem_resource}.
 *
 * @param depth 0 for those directly below the root
 * @param start first address; 64 bits, not limited to physical ones
 * @param last last address, as the kernel stores it
 * @param name its name; hostile
 */
public record IoResource(int depth, long start, long last, String name) {}
