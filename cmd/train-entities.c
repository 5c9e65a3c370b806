/* train-entities - makes a model for tag-entities from annotated text. */
#include "cli/cli.h"

int
main(int argc, char **argv)
{
	return desk_train_main(argc, argv);
}
