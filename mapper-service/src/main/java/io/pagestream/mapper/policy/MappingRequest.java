package io.pagestream.mapper.policy;

/**
 * A mapping request.
 *
 * @param physicalAddress first address, in bytes
 * @param sizeBytes length in bytes
 * @param type cache type in the profile's own numbering; for {@code windows} a {@code
 *     MEMORY_CACHING_TYPE}, exactly as given by the caller
 */
public record MappingRequest(long physicalAddress, long sizeBytes, int type) {}
