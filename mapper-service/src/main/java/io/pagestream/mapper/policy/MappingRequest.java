package io.pagestream.mapper.policy;

/**
 * What a reader asks for.
 *
 * @param physicalAddress first address, in bytes
 * @param sizeBytes length in bytes
 * @param type cache type in the profile's own numbering; for {@code windows} a {@code
 *     MEMORY_CACHING_TYPE}, taken as the caller gave it
 */
public record MappingRequest(long physicalAddress, long sizeBytes, int type) {}
