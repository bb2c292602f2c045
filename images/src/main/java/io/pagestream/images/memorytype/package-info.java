/**
 * x86 memory types: the types of physical addresses according to MTRRs and the PAT. Pure functions
 * over the values of registers, independent of their source.
 */
@NullMarked
package io.pagestream.images.memorytype;

import org.jspecify.annotations.NullMarked;
