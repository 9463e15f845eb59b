"""Tagged PDF -> Reading."""
