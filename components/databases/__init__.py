"""PostgreSQL with Database Monitoring, Redis with the Celery queues, and Flower."""
