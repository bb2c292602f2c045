/**
 * x86 memory types: what MTRRs and the PAT make of a physical address. Pure functions over the
 * values of registers; where they come from is not their concern.
 */
@NullMarked
package io.pagestream.images.memorytype;

import org.jspecify.annotations.NullMarked;
