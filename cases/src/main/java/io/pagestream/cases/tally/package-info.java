/** Pages of a finished case, counted by what was decided, and held against its ledger. */
@NullMarked
package io.pagestream.cases.tally;

import org.jspecify.annotations.NullMarked;
