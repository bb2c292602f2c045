/** The kernel's own symbol table, kallsyms, in every layout since Linux 2.6. */
@NullMarked
package io.pagestream.kernel.symbol;

import org.jspecify.annotations.NullMarked;
